import { describe, expect, test } from '@jest/globals';
import { NEVER } from '../../../src/clock/instant';
import { createPod, type PodState } from '../../../src/kubelet';
import { newEffects } from '../../../src/kubelet/effects/effects';
import { onObservation } from '../../../src/kubelet/onObservation';
import type { Doing, Pass } from '../../../src/kubelet/state/pass';
import type { News } from '../../../src/kubelet/state/protocol';
import type { Instance } from '../../../src/kubelet/state/runtimeState';
import { applyDefaults } from '../../../src/manifest/admission/defaults';
import { s } from '../../fidelity/kubelet/scenarios';

const spec = { containers: [{ name: 'app', image: 'web:1' }] };
const created = createPod(applyDefaults({ metadata: { name: 'web' }, spec })).state;
const sandbox = { id: 's', attempt: 0, ready: true, podIP: '10.0.0.1' };
const app: Instance = { id: 'c', name: 'app', image: 'web:1', restartCount: 0, sandboxId: 's', state: 'running' };

function withInstances(...instances: readonly Instance[]): PodState {
  return { ...created, runtime: { sandbox, instances, created: { app: instances.length } } };
}

function withPass(state: PodState, doing?: Doing): PodState {
  const { pod, runtime: snapshot } = state;
  const pass: Pass = { pod, snapshot, acts: true, todo: [], retryAt: NEVER, wantedAt: NEVER };
  return { ...state, sync: { ...state.sync, pass: doing ? { ...pass, doing } : pass } };
}

function take(before: PodState, seen: News, at = 5) {
  const out = newEffects(before, s(at));
  return { state: onObservation(before, seen, out), out };
}

describe('onObservation of a sandbox', () => {
  test('numbers sandboxes from 0', () => {
    const first = take(created, { kind: 'SandboxStarted', id: 's', podIP: '10.0.0.1' }).state;
    expect(first.runtime.sandbox).toEqual(sandbox);
    const next = take(first, { kind: 'SandboxStarted', id: 't', podIP: '10.0.0.2' }).state;
    expect(next.runtime.sandbox).toMatchObject({ id: 't', attempt: 1 });
  });

  test('stops the current sandbox once', () => {
    const stopped = take(withInstances(), { kind: 'SandboxStopped', id: 's' });
    expect(stopped.state.runtime.sandbox?.ready).toBe(false);
    expect(take(stopped.state, { kind: 'SandboxStopped', id: 's' }).out.events).toEqual([]);
    expect(take(withInstances(), { kind: 'SandboxStopped', id: 'old' }).state).toEqual(withInstances());
  });
});

describe('onObservation of a container', () => {
  test('creates the container with the image of the current pass', () => {
    const before = withPass(withInstances());
    const containers = before.pod.spec.containers.map((each) => ({ ...each, image: 'web:2' }));
    const patched = { ...before, pod: { ...before.pod, spec: { ...before.pod.spec, containers } } };
    const { runtime } = take(patched, { kind: 'ContainerCreated', container: 'app', id: 'c' }).state;
    expect(runtime).toMatchObject({ instances: [{ id: 'c', image: 'web:1', state: 'created' }], created: { app: 1 } });
  });

  test('ignores a container with another name', () => {
    const { state } = take(withInstances(), { kind: 'ContainerCreated', container: 'other', id: 'c' });
    expect(state).toEqual(withInstances());
  });

  test('keeps a container terminated that exited before its start was confirmed', () => {
    const { startedAt: _, ...rest } = app;
    const exited = withInstances({ ...rest, state: 'exited', finishedAt: s(4), exitCode: 0 });
    const { state, out } = take(exited, { kind: 'ContainerStarted', id: 'c' });
    expect(state.runtime.instances).toMatchObject([{ state: 'exited', startedAt: s(5) }]);
    expect(out.events).toMatchObject([{ kind: 'ContainerStarted', attempt: 0 }]);
  });

  test('records an exit once, and syncs the pod', () => {
    const exit = { kind: 'ContainerExited', id: 'c', exitCode: 1 } as const;
    const { state, out } = take(withInstances({ ...app, startedAt: s(1) }), exit);
    expect(state.runtime.instances).toMatchObject([{ state: 'exited', reason: 'Error', finishedAt: s(5) }]);
    expect(state.sync.relisted).toBe(state.runtime);
    expect(state.sync.takenAt).toBe(s(5));
    expect(out.events).toMatchObject([{ kind: 'ContainerExited', exitCode: 1, reason: 'Error' }]);
    expect(take(state, exit, 6).out.events).toEqual([]);
  });

  test('records the time from the stop signal to the exit', () => {
    const container = created.pod.spec.containers[0] as (typeof created.pod.spec.containers)[number];
    const order = { id: 'c', container, message: '', reason: 'unknown' } as const;
    const kill = { ...order, stage: 'stopping', since: s(2), until: s(32), graceSeconds: 30 } as const;
    const killing = { kind: 'KillContainers', kills: [kill], wholePod: true } as const;
    const { out } = take(withPass(withInstances(app), killing), { kind: 'ContainerExited', id: 'c', exitCode: 0 });
    expect(out.events).toMatchObject([{ kind: 'ContainerExited', afterSignalMs: 3000 }]);
  });

  test('keeps the two newest dead instances of a container', () => {
    const dead = ['b', 'a'].map((id): Instance => ({ ...app, id, state: 'exited', exitCode: 1 }));
    const { state, out } = take(withInstances(app, ...dead), { kind: 'ContainerExited', id: 'c', exitCode: 1 });
    expect(state.runtime.instances.map(({ id }) => id)).toEqual(['c', 'b']);
    expect(out.commands).toEqual([{ kind: 'RemoveContainer', id: 'a' }]);
  });
});

describe('onObservation of a deletion', () => {
  test('marks the pod, and starts its termination', () => {
    const { state, out } = take(withInstances(app), { kind: 'DeleteRequested', gracePeriodSeconds: 7 });
    expect(state).toMatchObject({ removed: false, sync: { work: 'Terminating' } });
    expect(state.pod.deletion).toEqual({ deletionTimestamp: s(12), deletionGracePeriodSeconds: 7 });
    expect(out.events).toMatchObject([{ kind: 'DeletionMarked' }]);
  });

  test('waits for the current pass', () => {
    const { state } = take(withPass(withInstances(app)), { kind: 'DeleteRequested' });
    expect(state.sync).toMatchObject({ work: 'Sync', pass: { wantedAt: s(5) } });
  });

  test('removes the pod from the API immediately without a grace period', () => {
    const { state, out } = take(withInstances(app), { kind: 'DeleteRequested', gracePeriodSeconds: 0 });
    expect(state.removed).toBe(true);
    expect(out.events).toMatchObject([{ kind: 'DeletionMarked' }, { kind: 'PodRemoved' }]);
    expect(take(state, { kind: 'DeleteRequested' }).out.events).toEqual([]);
  });
});

test('forgets the pass and the back-off if the kubelet restarts, and relists', () => {
  const backOff = { ...created.backOff, restarts: { 'app:web:1': { delayMs: 10_000, updatedAt: s(1) } } };
  const dead: Instance = { ...app, id: 'a', state: 'exited', exitCode: 1 };
  const before = { ...withPass(withInstances(app, dead)), backOff };
  const { state } = take(before, { kind: 'KubeletRestarted', forgotten: ['app'] });
  expect(state).toMatchObject({ kubeletStartedAt: s(5), backOff: { restarts: {} }, sync: { dueAt: s(5) } });
  expect(state.sync).not.toHaveProperty('pass');
  expect(state.runtime.instances).toEqual([app]);
});

test('leaves the given state unchanged', () => {
  const before = withPass(withInstances(app));
  const copy = structuredClone(before);
  take(before, { kind: 'ContainerExited', id: 'c', exitCode: 1 });
  take(before, { kind: 'DeleteRequested' });
  expect(before).toEqual(copy);
});
