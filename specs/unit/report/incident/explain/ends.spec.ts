import { describe, expect, test } from '@jest/globals';
import type { Container } from '../../../../../src/manifest/model';
import { afterTheEnd } from '../../../../../src/report/incident/explain/ends';
import { Incident } from '../../../../../src/report/incident/incident';
import type { Event } from '../../../../../src/timeline/event';
import { web as container, podOf } from '../../../matchers/replay';
import { acted, exited, hooked, killed, s, signalled, started, timelineOf } from '../../../timeline/events';
import { about, inWords, READ } from './said';

/** Returns the first rule for exits that applies to the last event. */
function found(life: readonly Event[], spec: Partial<Container> = {}) {
  const timeline = timelineOf(...life);
  const incident = new Incident(podOf({ containers: [container(spec)] }), timeline, timeline.events.at(-1));
  return afterTheEnd
    .flatMap((rule) => rule(incident) ?? [])
    .map(inWords)
    .at(0);
}

const hookStarted = (seconds: number): Event => {
  return { at: s(seconds), source: 'runtime', kind: 'HookStarted', container: 'web', hook: 'preStop' };
};
/** SIGTERM at 10s, and SIGKILL after the grace period of 30s. */
const KILLED = [
  started(1),
  signalled(10, 'SIGTERM', 30_000),
  signalled(40, 'SIGKILL', undefined),
  exited(40.1, 137, { afterSignalMs: 100 }),
];

describe('findExplanation for exits', () => {
  test('explains an OOM kill, and a shell that does not forward SIGTERM', () => {
    const oom = exited(20, 137, { reason: 'OOMKilled' });
    const limited = podOf({ containers: [container({ resources: { limits: { memory: '64Mi' } } })] });
    expect(about(timelineOf(started(1), oom), limited, 'ContainerExited')).toEqual([
      `web was OOMKilled because it exceeded its memory limit of 64Mi. Raise resources.limits.memory, or reduce memory use. ${READ}/shutdown.md#exit-code-137`,
    ]);

    const seen = {
      at: s(15),
      source: 'runtime',
      kind: 'ProcessesSeen',
      container: 'web',
      id: 'c1',
      attempt: 0,
      stopSignal: 'SIGTERM',
      signalled: true,
      isPID1: true,
      processes: [{ pid: 9, ppid: 1, args: 'sh -c node server.js; true', catches: [], ignores: [], blocks: [] }],
    } as const;
    const ignored = [
      started(1),
      signalled(10, 'SIGTERM', 30_000),
      seen,
      signalled(40, 'SIGKILL', undefined),
      exited(40.1, 137, { afterSignalMs: 100 }),
    ];
    expect(about(timelineOf(...ignored), undefined, 'ContainerExited')).toEqual([
      'Grace period 30s: SIGKILL came 30.0s after SIGTERM.',
      `The stop signal goes only to the main process of web, and PID 1 gets only signals that it handles. ${READ}/shutdown.md#shell-pid-1`,
    ]);
  });

  test('explains a process that handles SIGTERM but hangs', () => {
    const server = { pid: 9, ppid: 1, args: 'node server.js', catches: ['SIGTERM'], ignores: [], blocks: [] };
    const of = { container: 'web', id: 'c1', attempt: 0, stopSignal: 'SIGTERM', signalled: true, isPID1: true };
    const seen = { at: s(21), source: 'runtime', kind: 'ProcessesSeen', ...of, processes: [server] } as const;
    const stopped = [seen, signalled(50, 'SIGKILL', undefined), exited(50.1, 137, { afterSignalMs: 30_100 })];
    expect(about(timelineOf(started(1), ...killed(20, 'liveness'), ...stopped), undefined, 'ContainerExited')).toEqual([
      'Grace period 30s: SIGKILL came 30.0s after SIGTERM.',
      `A kill by a liveness probe grants the whole grace period, and a process that hangs uses all of it. Set livenessProbe.terminationGracePeriodSeconds to less than the value of the pod. ${READ}/restarts-and-back-off.md#liveness-kill-takes-grace`,
    ]);
    const deleted = [started(1), signalled(20, 'SIGTERM', 30_000), ...stopped];
    expect(about(timelineOf(...deleted), undefined, 'ContainerExited').at(-1)).toBeUndefined();
  });
});

describe('afterTheEnd', () => {
  test('names the memory limit after an OOM kill, even if the container keeps running', () => {
    const ofChild: Event = {
      at: s(9),
      source: 'runtime',
      kind: 'ProcessOOMKilled',
      container: 'web',
      id: 'c1',
      endsContainer: false,
    };
    const limited = { resources: { limits: { memory: '64Mi' } } };
    expect(found([started(1), ofChild], limited)).toMatchObject({
      cause: 'oom-killed',
      text: expect.stringContaining('its memory limit of 64Mi'),
    });
    expect(found([started(1), exited(9, 137, { reason: 'OOMKilled' })])?.text).not.toContain('limit of');
  });

  test('distinguishes exit code 137 from an OOM kill', () => {
    expect(found([started(1), exited(9, 137)])?.text).toMatch(
      /^Exit code 137 means any SIGKILL, and the reason is Error, not OOMKilled/,
    );
    expect(found([started(1), exited(9, 1)])).toBeUndefined();
  });

  test('returns nothing for a kill by the test', () => {
    const kill: Event = { ...acted(8, 'delete'), action: 'kill', container: 'web' } as Event;
    expect(found([started(1), kill, exited(9, 137)])).toBeUndefined();
  });

  test('names a preStop hook that used the whole grace period', () => {
    const late = [
      started(1),
      hookStarted(10),
      signalled(40, 'SIGTERM', 2_000),
      signalled(42, 'SIGKILL', undefined),
      exited(42.1, 137, { afterSignalMs: 100 }),
    ];
    expect(found(late)?.cause).toBe('prestop-exceeds-grace');
  });

  test('blames no preStop hook that succeeded before the container stopped', () => {
    const life = [started(1), hookStarted(10), hooked(12, 'preStop', 2_000), signalled(12, 'SIGTERM', 28_000)];
    expect(found([...life, exited(13, 0, { afterSignalMs: 1_000 })])).toBeUndefined();
  });

  test('advises exec if the manifest runs a shell', () => {
    const shell = { command: ['/bin/sh', '-c', 'node server.js; true'] };
    expect(found(KILLED, shell)).toEqual({
      cause: undefined,
      id: 'shell-pid-1',
      text: expect.stringMatching(/^web runs sh as PID 1/),
      faq: 'shutdown.md#shell-pid-1',
    });
    expect(found(KILLED, { command: ['node', 'server.js'] })?.faq).toBe('shutdown.md#pid-1-default-signals');
  });

  test('blames the process for a kill only after a stop signal', () => {
    expect(
      found([started(1), signalled(10, 'SIGKILL', undefined), exited(10.1, 137, { afterSignalMs: 100 })]),
    ).toBeUndefined();
  });
});
