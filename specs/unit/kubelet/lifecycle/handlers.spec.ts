import { describe, expect, test } from '@jest/globals';
import { createPod } from '../../../../src/kubelet';
import { newEffects } from '../../../../src/kubelet/effects/effects';
import { beginHook, endHook, endLateHook, hookIsOver, leaveRunning } from '../../../../src/kubelet/lifecycle/handlers';
import { applyDefaults } from '../../../../src/manifest/admission/defaults';
import type { Container, LifecycleHandler } from '../../../../src/manifest/model';
import { s } from '../../../fidelity/kubelet/scenarios';

const { state } = createPod(
  applyDefaults({ metadata: { name: 'web' }, spec: { containers: [{ name: 'app', image: 'web:1' }] } }),
);
const container = state.pod.spec.containers[0] as Container;
const sandbox = { id: 's', attempt: 0, ready: true, podIP: '10.0.0.1' };
const long = { ...state.behavior, shortHookText: false };

function begun(handler: LifecycleHandler) {
  const out = newEffects({ ...state, nextRun: 3 }, s(2));
  return { hook: beginHook({ id: 'c', container, hook: 'preStop', handler }, { sandbox }, out), out };
}

describe('beginHook', () => {
  test('starts the command, and remembers the run', () => {
    const { hook, out } = begun({ exec: { command: ['drain'] } });
    expect(hook).toEqual({ run: 3, startedAt: s(2) });
    expect(out.commands).toMatchObject([{ kind: 'RunHook', run: 3, id: 'c', hook: 'preStop', podIP: '10.0.0.1' }]);
    expect(out.events).toMatchObject([{ kind: 'HookStarted', container: 'app', hook: 'preStop' }]);
  });

  test('waits for a sleep without a command', () => {
    const { hook, out } = begun({ sleep: { seconds: 5 } });
    expect(out.commands).toEqual([]);
    expect([hookIsOver(hook, s(6)), hookIsOver(hook, s(7))]).toEqual([false, true]);
  });
});

describe('endHook', () => {
  test('reports the duration of the hook', () => {
    const out = newEffects(state, s(9));
    endHook({ container, hook: 'preStop' }, { run: 3, startedAt: s(2) }, { failed: false }, state.behavior, out);
    expect(out.events).toMatchObject([{ kind: 'HookFinished', failed: false, tookMs: 7000 }]);
  });

  test('returns the reason of a failure as data', () => {
    const out = newEffects(state, s(9));
    const outcome = { failed: true, message: 'exit 1', failure: { kind: 'exit', exitCode: 1 } } as const;
    endHook({ container, hook: 'preStop' }, { run: 3, startedAt: s(2) }, outcome, state.behavior, out);
    expect(out.events[0]).toMatchObject({ kind: 'HookFinished', failure: { kind: 'exit', exitCode: 1 } });
  });

  test('records a failure with the text of the version', () => {
    const fail = (behavior: typeof long) => {
      const out = newEffects(state, s(9));
      endHook(
        { container, hook: 'postStart' },
        { run: 3, startedAt: s(2) },
        { failed: true, message: 'exit 1' },
        behavior,
        out,
      );
      return out.events[1];
    };
    expect(fail(long)).toMatchObject({ kind: 'FailedPostStartHook', message: 'exit 1' });
    expect(fail({ ...long, shortHookText: true })).toMatchObject({ message: 'PostStartHook failed' });
  });
});

describe('hook that exceeds its grace period', () => {
  test('keeps an exec hook until it finishes, but drops a sleep', () => {
    const out = newEffects(state, s(9));
    leaveRunning(container, { run: 3, startedAt: s(2) }, out);
    leaveRunning(container, { run: 4, startedAt: s(2), sleepsUntil: s(60) }, out);
    expect(out.lateHooks).toEqual([{ run: 3, container }]);
  });

  test('records an event if the hook fails, and forgets it', () => {
    const out = newEffects(state, s(12));
    const late = [
      { run: 3, container },
      { run: 5, container },
    ];
    const outcome = { failed: true, message: 'killed' } as const;
    expect(endLateHook(late, { run: 3, outcome }, long, out)).toEqual([{ run: 5, container }]);
    expect(out.events).toMatchObject([{ kind: 'FailedPreStopHook', message: 'killed' }]);
  });

  test('keeps the other hooks if one finishes', () => {
    const late = [{ run: 3, container }];
    const out = newEffects(state, s(12));
    expect(endLateHook(late, { run: 9, outcome: { failed: true, message: 'no' } }, long, out)).toBe(late);
    expect(out.events).toEqual([]);
  });
});
