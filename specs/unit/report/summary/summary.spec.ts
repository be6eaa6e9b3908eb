import { expect, test } from '@jest/globals';
import type { Instant } from '../../../../src/clock/instant';
import { summarize } from '../../../../src/report/summary/summary';
import type { EventOf } from '../../../../src/timeline/event';
import {
  acted,
  asked,
  exited,
  failed,
  hooked,
  killed,
  type Life,
  markedForDeletion,
  notPulled,
  probed,
  ready,
  recorded,
  removed,
  signalled,
  skipped,
  started,
  timelineOf,
} from '../../timeline/events';

const told = (...life: Life) =>
  summarize(timelineOf(...life)).map(({ who, what, text }) => `${who} ${what} ${text}`.trim());

test('hides successful probes and unchanged statuses', () => {
  expect(told(probed(1, 'readiness', 'Success', 1), ready(1), ready(2), skipped(3, 1_000))).toEqual(['pod Ready']);
});

test('prints a probe with its event in one line, and a kill with its signal', () => {
  expect(told(failed(9, 'startup', 30, 'refused'), killed(9, 'startup'))).toEqual([
    'web Unhealthy startup probe failed (30/3): refused',
    'web Killing Container web failed startup probe, will be restarted (grace period 30s)',
  ]);
});

test('prints that a probe that cannot run is ignored', () => {
  const event = recorded(1, 'Unhealthy', 'Liveness probe errored and resulted in unknown state: x', {
    probe: 'liveness',
  });
  expect(told(probed(1, 'liveness', 'Errored', 0, 'exec: "cat": not found'), event)).toEqual([
    'web Unhealthy liveness probe could not run: exec: "cat": not found. The kubelet ignores the result',
  ]);
});

test('prints a deletion with its hook, its signals and their effects', () => {
  const killing = recorded(60, 'Killing', 'Stopping container web');
  const life = [acted(60, 'delete'), markedForDeletion(60), killing, hooked(65, 'preStop', 5_000)];
  const end = [
    signalled(65, 'SIGTERM', 25_000),
    signalled(90, 'SIGKILL', undefined),
    exited(90.1, 137, { afterSignalMs: 100 }),
  ];
  expect(told(...life, ...end, removed(91))).toEqual([
    'test delete',
    'pod deleted grace period 30s',
    'web Killing Stopping container web',
    'web preStop succeeded after 5.0s',
    'web SIGTERM grace period 25s',
    'web SIGKILL 25.0s after SIGTERM',
    'web exited 137, 0.1s after SIGKILL',
    'pod removed',
  ]);
});

test('prints a failed hook with its message', () => {
  const event = recorded(9, 'FailedPreStopHook', 'PreStopHook failed', { type: 'Warning' });
  expect(told(hooked(9, 'preStop', 200, "command 'drain' exited with 126"), event)).toEqual([
    "web FailedPreStopHook failed after 0.2s: command 'drain' exited with 126",
  ]);
});

test('prints why a restart came at its time', () => {
  expect(told(started(1), exited(2, 1), started(2.6, 1), exited(700, 1), started(700.6, 2)).slice(2)).toEqual([
    'web Started restart 1, no back-off (first restart)',
    'web exited 1',
    'web Started restart 2, 0.6s after the exit',
  ]);
});

test('prints processes without a signal handler unless they exit on the signal', () => {
  const main = { pid: 1, ppid: 0, args: 'node server.js', catches: [], ignores: [], blocks: [] };
  const signalledNode: EventOf<'ProcessesSeen'> = {
    at: 60.5 as Instant,
    source: 'runtime',
    kind: 'ProcessesSeen',
    container: 'web',
    id: 'web-0',
    attempt: 0,
    stopSignal: 'SIGTERM',
    signalled: true,
    isPID1: true,
    processes: [main],
  };
  const life = [signalled(60, 'SIGTERM', 30_000), signalledNode];

  expect(told(...life, signalled(90, 'SIGKILL', undefined), exited(90.1, 137))[1]).toMatch(
    /^web signals node server\.js \(PID 1\) has no handler/,
  );
  expect(told(...life, exited(63, 0))).toEqual(['web SIGTERM grace period 30s', 'web exited 0']);
});

test('prints why an image was not pulled, and that the local one is used', () => {
  expect(told(notPulled(1, 'shop/web:latest', 'dial tcp 127.0.0.1:5000: connect: connection refused'))).toEqual([
    'web not pulled the local image shop/web:latest is used: dial tcp 127.0.0.1:5000: connect: connection refused',
  ]);
});

test('prints consecutive dropped requests in one line, and no successful ones', () => {
  expect(told(asked(1), asked(2, 'refused'), asked(2.1, 'refused'), asked(3), asked(4, 'answered 503'))).toEqual([
    'test dropped GET / refused, the first of 2 requests in 0.1s',
    'test dropped GET / answered 503',
  ]);
});
