import { describe, expect, test } from '@jest/globals';
import type { Assertion, AssertionOf } from '../../../src/assertions/assertion';
import { evaluate } from '../../../src/assertions/evaluate';
import type { PodSpec } from '../../../src/manifest/model';
import type { Event } from '../../../src/timeline/event';
import { web as container, podOf } from '../matchers/replay';
import {
  asked,
  ended,
  exited,
  failed,
  hooked,
  killed,
  type Life,
  markedForDeletion,
  probed,
  published,
  ready,
  recorded,
  removed,
  running,
  s,
  signalled,
  started,
  timelineOf,
  withIP,
} from '../timeline/events';

/** Evaluates an assertion. `past` are events before the action, which assertions about the time after it ignore. */
function outcomeOf<Kind extends Assertion['kind']>(
  assertion: AssertionOf<Kind>,
  life: Life,
  { past = [], spec = {} }: { readonly past?: Life; readonly spec?: Partial<PodSpec> } = {},
): string {
  const timeline = timelineOf(...past, ...life);
  const since = past.flat().length;
  const actedAt = timeline.events[since - 1]?.at ?? s(0);
  return evaluate(assertion, { timeline, pod: podOf(spec), since, actedAt }).outcome;
}
const oom = (seconds: number): Event => {
  return {
    at: s(seconds),
    source: 'runtime',
    kind: 'ProcessOOMKilled',
    container: 'web',
    id: 'c1',
    endsContainer: false,
  };
};
const restart = [started(1), exited(5, 1), started(6, 1)];

describe('evaluate startup', () => {
  test('passes at Ready, and fails at an OOM kill although the pod is Ready', () => {
    expect(outcomeOf({ kind: 'startup' }, [started(1)])).toBe('pending');
    expect(outcomeOf({ kind: 'startup' }, [started(1), ready(4)])).toBe('passed');
    expect(outcomeOf({ kind: 'startup' }, [started(1), oom(2), ready(4)])).toBe('failed');
  });

  test('includes events before the action', () => {
    expect(outcomeOf({ kind: 'startup' }, [], { past: [started(1), ready(4)] })).toBe('passed');
  });
});

describe('evaluate steadyState', () => {
  const past = [started(1), ready(4)];

  test('stays pending until a restart, an OOM kill or the loss of Ready', () => {
    const outcome = (...life: Life) => outcomeOf({ kind: 'steadyState' }, life, { past });
    expect(outcome(probed(9, 'readiness', 'Failure', 1))).toBe('pending');
    expect(outcome(ready(9, false))).toBe('failed');
    expect(outcome(oom(9))).toBe('failed');
    expect(outcome(exited(9, 1), started(10, 1))).toBe('failed');
  });

  test('ignores events before the action', () => {
    expect(outcomeOf({ kind: 'steadyState' }, [], { past: [...restart, oom(7), ready(8)] })).toBe('pending');
  });
});

describe('evaluate recoveredByItself', () => {
  const outcome = (...life: Life) => outcomeOf({ kind: 'recoveredByItself' }, life, { past: [started(1), ready(4)] });

  test('passes if the pod is Ready again without a restart', () => {
    expect(outcome()).toBe('pending');
    expect(outcome(ready(9, false))).toBe('pending');
    expect(outcome(ready(9, false), ready(12))).toBe('passed');
  });

  test('fails if a restart made it Ready', () => {
    expect(outcome(ready(9, false), exited(9, 1), started(10, 1), ready(12))).toBe('failed');
  });
});

describe('evaluate initialized', () => {
  const named = (name: string, more: object = {}) => ({ ...container(), name, ...more });
  const spec = { initContainers: [named('migrate'), named('seed'), named('mesh', { restartPolicy: 'Always' })] };
  const outcome = (...life: Life) => outcomeOf({ kind: 'initialized' }, life, { spec });

  test('passes once the last init container has exited with 0, ignoring sidecars', () => {
    expect(outcome(exited(2, 0, { container: 'migrate' }))).toBe('pending');
    expect(outcome(exited(2, 0, { container: 'migrate' }), exited(4, 0, { container: 'seed' }))).toBe('passed');
  });

  test('returns to pending if the last exit was an error', () => {
    expect(outcome(exited(4, 1, { container: 'seed' }))).toBe('pending');
    expect(outcome(exited(4, 1, { container: 'seed' }), exited(9, 0, { container: 'seed' }))).toBe('passed');
  });
});

describe('evaluate running and keptDuringStartup', () => {
  test('running passes at the start of that container', () => {
    expect(outcomeOf({ kind: 'running', container: 'web' }, [started(1, 0, 'proxy')])).toBe('pending');
    expect(outcomeOf({ kind: 'running', container: 'web' }, [started(1)])).toBe('passed');
  });

  test('keptDuringStartup fails if a probe kills the container before it has started', () => {
    const kept = { kind: 'keptDuringStartup', container: 'web' } as const;
    expect(outcomeOf(kept, [started(1), ...failed(9, 'startup', 1, '')])).toBe('pending');
    expect(outcomeOf(kept, [started(1), ...killed(9, 'liveness')])).toBe('failed');
    const up = published(5, { containerStatuses: [running()] });
    expect(outcomeOf(kept, [started(1), up, ...killed(9, 'liveness')])).toBe('passed');
  });
});

describe('evaluate restarts', () => {
  test('restarted counts restarts after the action, by cause and container', () => {
    const byLiveness = { kind: 'restarted', container: 'web', because: 'liveness' } as const;
    expect(outcomeOf({ kind: 'restarted' }, restart)).toBe('passed');
    expect(outcomeOf({ kind: 'restarted' }, [], { past: restart })).toBe('pending');
    expect(outcomeOf(byLiveness, restart)).toBe('pending');
    expect(outcomeOf(byLiveness, [started(1), ...killed(4, 'liveness'), exited(5, 143), started(6, 1)])).toBe('passed');
  });

  test('restartsAtMost fails at the first restart above the limit', () => {
    expect(outcomeOf({ kind: 'restartsAtMost', times: 1 }, restart)).toBe('pending');
    expect(outcomeOf({ kind: 'restartsAtMost', times: 0 }, restart)).toBe('failed');
  });

  test('recovered requires a status with the current restart count', () => {
    const recovered = { kind: 'recovered', container: 'web' } as const;
    const readyWith = (seconds: number, restartCount: number) =>
      published(seconds, {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'True' }],
        containerStatuses: [running({ ready: true, restartCount })],
      });
    expect(outcomeOf(recovered, [readyWith(7, 0)], { past: restart })).toBe('pending');
    expect(outcomeOf(recovered, [readyWith(7, 1)], { past: restart })).toBe('passed');
  });

  test('stoodBy fails only for the named containers', () => {
    const stoodBy = { kind: 'stoodBy', containers: ['web'] } as const;
    expect(outcomeOf(stoodBy, [...killed(9, 'liveness', 'cache')])).toBe('pending');
    expect(outcomeOf(stoodBy, [...killed(9, 'liveness')])).toBe('failed');
    expect(outcomeOf(stoodBy, [exited(9, 1)])).toBe('failed');
  });
});

describe('evaluate the termination of a pod', () => {
  test('phase passes once the pod is in the phase, and fails in another terminal phase', () => {
    expect(outcomeOf({ kind: 'phase', phase: 'Succeeded' }, [ready(4)])).toBe('pending');
    expect(outcomeOf({ kind: 'phase', phase: 'Succeeded' }, [ended(9, 'Succeeded')])).toBe('passed');
    expect(outcomeOf({ kind: 'phase', phase: 'Succeeded' }, [ended(9, 'Failed')])).toBe('failed');
  });

  test('ranHook passes after a hook that succeeds', () => {
    const spec = { containers: [container({ lifecycle: { postStart: { sleep: { seconds: 1 } } } })] };
    const begun: Event = { at: s(2), source: 'runtime', kind: 'HookStarted', container: 'web', hook: 'postStart' };
    const ran = { kind: 'ranHook', hook: 'postStart', container: 'web' } as const;
    expect(outcomeOf(ran, [started(1), begun], { spec })).toBe('pending');
    expect(outcomeOf(ran, [started(1), begun, hooked(3, 'postStart', 1_000)], { spec })).toBe('passed');
  });

  test('stoppedInGrace fails if SIGKILL stopped a container', () => {
    const begin = [
      markedForDeletion(10),
      recorded(10, 'Killing', 'Stopping container web'),
      signalled(10, 'SIGTERM', 30_000),
    ];
    const inTime = [...begin, exited(12, 0, { afterSignalMs: 2_000 }), removed(13)];
    const late = [
      ...begin,
      signalled(40, 'SIGKILL', undefined),
      exited(40.1, 137, { afterSignalMs: 100 }),
      removed(41),
    ];
    expect(outcomeOf({ kind: 'stoppedInGrace' }, inTime)).toBe('passed');
    expect(outcomeOf({ kind: 'stoppedInGrace' }, late)).toBe('failed');
  });
});

describe('evaluate traffic', () => {
  test('leftByReadiness passes once the pod leaves the endpoints after the action', () => {
    const left = { kind: 'leftByReadiness', container: 'web' } as const;
    const past = [started(1), withIP(ready(4))];
    expect(outcomeOf(left, failed(9, 'readiness', 1, ''), { past })).toBe('pending');
    expect(outcomeOf(left, [...failed(9, 'readiness', 3, ''), withIP(ready(9, false))], { past })).toBe('passed');
  });

  test('dropsNoRequests allows error statuses on listed paths, but no lost response', () => {
    const drops = { kind: 'dropsNoRequests', mayRefuse: ['/readyz'] } as const;
    const refused = (path: string): Event => ({ ...asked(9, 'answered 503', path), status: 503 }) as Event;
    expect(outcomeOf(drops, [refused('/readyz')])).not.toBe('failed');
    expect(outcomeOf(drops, [refused('/')])).toBe('failed');
    expect(outcomeOf(drops, [asked(9, 'connection reset', '/readyz')])).toBe('failed');
    expect(outcomeOf(drops, [], { past: [refused('/')] })).not.toBe('failed');
  });
});
