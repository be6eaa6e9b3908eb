import { expect, test } from '@jest/globals';
import { profiles, simulatePod } from 'jest-kubelet';
import { drawTimeline } from '../../../../src/report/drawing/drawTimeline';
import {
  acted,
  exited,
  hooked,
  markedForDeletion,
  ready,
  s,
  signalled,
  started,
  timelineOf,
} from '../../timeline/events';

const answersForTenSeconds = {
  liveness: [
    { at: '0s', http: { 8080: { '/healthz': 200 } } },
    { at: '10s', http: { 8080: { '/healthz': 500 } } },
  ],
};

test('draws the container, the results of its probes and the readiness of the pod', async () => {
  const pod = simulatePod('examples/liveness-http/pod.yaml', answersForTenSeconds, { profile: profiles.node });
  pod.advance('40s');
  expect(`\n${pod.timeline}`).toBe(`
            0s      5s      10s      15s     20s     25s      30s     35s
liveness    ░░░░░░██████████████████████████████Tx 1████████████████████████████
  liveness            ·    ·    ·    ×    ×     ×         ·    ·    ·    ×    ×
Ready             ══════════════════════════════════════════════════════════════
░ Waiting  █ Running  · success  × failure  x exit  1 restart  T K signals
═ Ready`);
});

test('cuts the axis during long quiet stretches', () => {
  const pod = simulatePod('examples/liveness-http/pod.yaml', answersForTenSeconds, { profile: profiles.node });
  pod.advance('5m');
  expect(`\n${pod.timeline}`).toBe(`
            0s       30s      1m       1m30s    2m       2m30s  //   4m30s
liveness    ░█████Tx1███Tx2████Tx3███Tx4███Tx▒▒▒▒▒▒▒▒▒▒▒▒5████Tx▒6████Tx▒▒▒▒▒▒▒▒
  liveness   ···××× ···×× ···××× ··××× ···××               ··××   ···××
Ready        ═══════════════════════════════             ═══════ ══════
░ Waiting  █ Running  ▒ back-off  · success  × failure  x exit  1 restart
T K signals  ═ Ready`);
});

test('draws hooks, signals and test actions', () => {
  const hook = { source: 'runtime', kind: 'HookStarted', container: 'web', hook: 'preStop' } as const;
  const timeline = timelineOf(
    started(1),
    ready(2),
    acted(20, 'delete'),
    markedForDeletion(20),
    { at: s(20), ...hook },
    hooked(30, 'preStop', 10_000),
    signalled(30, 'SIGTERM', 20_000),
    signalled(50, 'SIGKILL', undefined),
    exited(50.1, 137),
  );
  expect(`\n${drawTimeline(timeline)}`).toBe(`
       0s            10s           20s            30s           40s
web    ░███████████████████████████p██████████████T███████████████████████████Kx
test                               !
Ready    ══════════════════════════─────────────────────────────────────────────
░ Waiting  █ Running  x exit  T K signals  s p hooks  ! test action  ═ Ready
─ Ready, terminating`);
});

test('fits into 80 columns', () => {
  const name = 'a-container-with-a-very-long-name';
  const timeline = timelineOf(started(1, 0, name), ...Array.from({ length: 500 }, (_, n) => started(n * 7, n, name)));
  expect(
    drawTimeline(timeline)
      .split('\n')
      .filter(({ length }) => length > 80),
  ).toEqual([]);
  expect(drawTimeline(timelineOf())).toBe('       0s\nReady');
});
