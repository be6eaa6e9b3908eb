import { describe, expect, test } from '@jest/globals';
import { CREATED, NEVER } from '../../../../src/clock/instant';
import { createPod, type PodState } from '../../../../src/kubelet';
import { newEffects } from '../../../../src/kubelet/effects/effects';
import { advancePass, managePodLoop, removeFromApi } from '../../../../src/kubelet/podWorkers/podWorkers';
import type { Pass, SyncState } from '../../../../src/kubelet/state/pass';
import type { News } from '../../../../src/kubelet/state/protocol';
import { applyDefaults } from '../../../../src/manifest/admission/defaults';
import { s } from '../../../fidelity/kubelet/scenarios';

const written = { metadata: { name: 'web' }, spec: { containers: [{ name: 'app', image: 'web:1' }] } };
const created = createPod(applyDefaults(written), { kubernetesVersion: '1.35' }).state;
const sandbox = { id: 's', attempt: 0, ready: true, podIP: '10.0.0.1' };

function manage(before: PodState, at = 5) {
  const out = newEffects(before, s(at));
  return { state: managePodLoop(before, out), out };
}

/** Returns a pod whose pass has no action left. */
function passing(pass: Partial<Pass>, sync: Partial<SyncState> = {}): PodState {
  const { pod, runtime: snapshot } = created;
  const idle: Pass = { pod, snapshot, acts: false, todo: [], retryAt: NEVER, wantedAt: NEVER, ...pass };
  return { ...created, sync: { ...created.sync, ...sync, pass: idle } };
}

function advance(before: PodState, seen?: News, at = 5) {
  const out = newEffects(before, s(at));
  return { state: advancePass(before, seen, out), out };
}

describe('managePodLoop', () => {
  test('publishes the status, then creates the sandbox', () => {
    const { state, out } = manage(created, 0);
    expect(out.commands).toEqual([{ kind: 'CreateSandbox', attempt: 0 }]);
    expect(out.events).toMatchObject([{ kind: 'StatusPublished' }]);
    expect(state.sync).toMatchObject({ dueAt: NEVER, pass: { acts: true, doing: { kind: 'CreateSandbox' } } });
    expect(created.sync.pass).toBeUndefined();
  });

  test('starts the termination of a deleted pod in a new pass immediately', () => {
    const deletion = { deletionTimestamp: s(35), deletionGracePeriodSeconds: 30 };
    const { state, out } = manage({ ...created, pod: { ...created.pod, deletion } });
    expect(state.sync).toMatchObject({ work: 'Terminating', dueAt: s(5) });
    expect(state.sync).not.toHaveProperty('pass');
    expect(out.commands).toEqual([]);
  });

  test('ends the workers of a pod that has stopped, then removes it', () => {
    const deletion = { deletionTimestamp: s(35), deletionGracePeriodSeconds: 30 };
    const terminating = { ...created.sync, work: 'Terminating' } as const;
    const { state } = manage({ ...created, pod: { ...created.pod, deletion }, sync: terminating });
    expect(state.sync).toMatchObject({ work: 'Terminated', dueAt: s(5) });
    const last = manage(state);
    expect(last.state).toMatchObject({ removed: true, status: { phase: 'Failed' }, sync: { work: 'Finished' } });
    expect(last.out.events.map(({ kind }) => kind).at(-1)).toBe('PodRemoved');
  });
});

describe('advancePass', () => {
  test('returns the same state for a pod without a pass', () => {
    expect(advance(created).state).toBe(created);
  });

  test('continues with the action that the pass waits for', () => {
    const starting = passing({ acts: true, doing: { kind: 'CreateSandbox' }, todo: [] });
    const { state } = advance({ ...starting, runtime: { ...starting.runtime, sandbox } }, undefined);
    expect(state.sync.pass?.doing).toEqual({ kind: 'CreateSandbox' });
  });

  test('syncs again after a minute if the pass had no action', () => {
    const { sync } = advance(passing({})).state;
    expect(sync).not.toHaveProperty('pass');
    expect(sync).toMatchObject({ takenAt: NEVER, dueAt: s(65) });
    const before135 = { ...created.behavior, retriesAtExpiry: false };
    expect(advance({ ...passing({}), behavior: before135 }).state.sync.dueAt).toBe(s(65));
  });

  test('syncs again when the back-off of a failed start is over', () => {
    expect(advance(passing({ acts: true, retryAt: s(12) })).state.sync.dueAt).toBe(s(12));
    const before135 = { ...created.behavior, retriesAtExpiry: false };
    const { sync } = advance({ ...passing({ acts: true, retryAt: s(12) }), behavior: before135 }).state;
    expect(sync.dueAt).toBe(s(15));
  });

  test('takes an update that came during the pass immediately', () => {
    expect(advance(passing({ wantedAt: s(4) })).state.sync).toMatchObject({ takenAt: s(5), dueAt: s(5) });
  });
});

test('removeFromApi keeps a pod with finalizers, and removes each pod once', () => {
  const out = newEffects(created, CREATED);
  const held = { ...created, pod: { ...created.pod, metadata: { ...created.pod.metadata, finalizers: ['x'] } } };
  expect(removeFromApi(held, out)).toBe(held);
  const removed = removeFromApi(created, out);
  expect(removed.removed).toBe(true);
  expect(removeFromApi(removed, out)).toBe(removed);
  expect(out.events).toHaveLength(1);
});
