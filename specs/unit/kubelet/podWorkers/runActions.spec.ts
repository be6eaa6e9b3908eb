import { describe, expect, test } from '@jest/globals';
import { NEVER } from '../../../../src/clock/instant';
import { createPod } from '../../../../src/kubelet';
import { newEffects } from '../../../../src/kubelet/effects/effects';
import { type ActionState, runActions } from '../../../../src/kubelet/podWorkers/runActions';
import type { Action, Doing } from '../../../../src/kubelet/state/pass';
import type { News } from '../../../../src/kubelet/state/protocol';
import { applyDefaults } from '../../../../src/manifest/admission/defaults';
import type { Container } from '../../../../src/manifest/model';
import { s } from '../../../fidelity/kubelet/scenarios';

const spec = { containers: ['a', 'b'].map((name) => ({ name, image: `${name}:1` })) };
const { state } = createPod(applyDefaults({ metadata: { name: 'web' }, spec }));
const [a, b] = state.pod.spec.containers as [Container, Container];
const sandbox = { id: 's', attempt: 0, ready: true, podIP: '10.0.0.1' };
const view = { ...state, runtime: { ...state.runtime, sandbox } };

const start = (container: Container, init = false): Action => ({ kind: 'StartContainer', container, init });

function actionsOf(todo: readonly Action[], doing?: Doing): ActionState {
  const { pod, backOff, status } = state;
  const pass = { pod, snapshot: state.runtime, acts: true, todo, retryAt: NEVER, wantedAt: NEVER };
  return { pass: doing ? { ...pass, doing } : pass, backOff, status };
}

function run(before: ActionState, seen?: News, at = 5) {
  const out = newEffects(state, s(at));
  return { ...runActions(before, seen, view, out), out };
}

describe('runActions', () => {
  test('starts one action at a time, and keeps the rest', () => {
    const { pass, out } = run(actionsOf([start(a), start(b)]));
    expect(pass).toMatchObject({ todo: [start(b)], doing: { kind: 'StartContainer', stage: 'inspect' } });
    expect(out.commands).toEqual([{ kind: 'InspectImage', container: 'a', image: 'a:1' }]);
  });

  test('skips an action that has no container to act on', () => {
    const { pass, out } = run(actionsOf([{ kind: 'RemoveContainers', ids: [] }, { kind: 'StopSandbox' }]));
    expect(pass).toMatchObject({ todo: [], doing: { kind: 'StopSandbox' } });
    expect(out.commands).toEqual([{ kind: 'StopSandbox', id: 's' }]);
  });

  test('ends with no action once all actions are done', () => {
    const { pass } = run(actionsOf([{ kind: 'RemoveContainers', ids: [] }]));
    expect(pass).toMatchObject({ todo: [] });
    expect(pass).not.toHaveProperty('doing');
  });

  test('continues with the next container after a failed pull, and retries later', () => {
    const doing = { kind: 'StartContainer', container: a, init: false, stage: 'pull' } as const;
    const seen = { kind: 'ImagePullFailed', container: 'a', reason: 'ErrImagePull', message: 'no' } as const;
    const { pass, backOff, out } = run(actionsOf([start(b)], doing), seen);
    expect(pass).toMatchObject({ pullFailed: true, retryAt: s(15), doing: { container: b, stage: 'inspect' } });
    expect(backOff.startErrors).toEqual({ a: { reason: 'ErrImagePull', message: 'no' } });
    expect(backOff.pulls).toEqual({ 'a:1': { delayMs: 10_000, updatedAt: s(5) } });
    expect(out.events).toMatchObject([
      { message: 'Failed to pull image "a:1": no' },
      { message: 'Error: ErrImagePull' },
    ]);
  });

  test('drops the other actions after a failed init container', () => {
    const doing = { kind: 'StartContainer', container: a, init: true, stage: 'create' } as const;
    const seen = {
      kind: 'ContainerCreateFailed',
      container: 'a',
      reason: 'CreateContainerError',
      message: 'no',
    } as const;
    const { pass } = run(actionsOf([start(b)], doing), seen);
    expect(pass).toMatchObject({ todo: [], retryAt: s(15) });
    expect(pass).not.toHaveProperty('doing');
    expect(pass).not.toHaveProperty('pullFailed');
  });

  test('doubles the wait for volumes, and resets it once the sandbox exists', () => {
    const creating = (mountFailures: number) => {
      const actions = actionsOf([start(a)], { kind: 'CreateSandbox' });
      return { ...actions, backOff: { ...actions.backOff, mountFailures } };
    };
    const failure = { kind: 'configMissing', object: 'Secret' } as const;
    const volumes = [{ message: 'no volume' }, { message: 'no secret', failure }];
    const failed = run(creating(2), { kind: 'VolumesNotMounted', volumes });
    expect(failed.pass).toMatchObject({ todo: [], retryAt: s(7) });
    expect(failed.backOff.mountFailures).toBe(3);
    expect(failed.out.events).toMatchObject([{ message: 'no volume' }, { message: 'no secret', failure }]);
    expect(failed.out.events[0]).not.toHaveProperty('failure');
    const started = run(creating(3), { kind: 'SandboxStarted', id: 's', podIP: '10.0.0.1' });
    expect(started.backOff.mountFailures).toBe(0);
    expect(started.pass).toMatchObject({ doing: { kind: 'StartContainer', container: a } });
  });

  test('ignores observations that do not concern its action', () => {
    const before = actionsOf([], { kind: 'CreateSandbox' });
    const { out, ...after } = run(before, { kind: 'ContainerStarted', id: 'other' });
    expect(after).toEqual(before);
    expect(out.commands).toEqual([]);
  });
});
