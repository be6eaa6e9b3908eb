import { describe, expect, test } from '@jest/globals';
import { NEVER } from '../../../../src/clock/instant';
import { createPod, NODE } from '../../../../src/kubelet';
import { newEffects } from '../../../../src/kubelet/effects/effects';
import { noticeAtRelist, relist, requestSync, takeUpdate } from '../../../../src/kubelet/podWorkers/updatePod';
import type { Pass, SyncState } from '../../../../src/kubelet/state/pass';
import { applyDefaults } from '../../../../src/manifest/admission/defaults';
import { s } from '../../../fidelity/kubelet/scenarios';

const pod = applyDefaults({ metadata: { name: 'web' }, spec: { containers: [{ name: 'app', image: 'web:1' }] } });
const ideal = createPod(pod).state;
const node = createPod(pod, { profile: NODE, seed: 1 }).state;

/** Returns a worker that waits for updates, with its last relist at 10s. */
function idle(more: Partial<SyncState> = {}): SyncState {
  return { ...ideal.sync, dueAt: NEVER, lookAt: s(10), takenAt: NEVER, ...more };
}

function withPass(wantedAt = NEVER): SyncState {
  const pass: Pass = { pod: ideal.pod, snapshot: ideal.runtime, acts: false, todo: [], retryAt: NEVER, wantedAt };
  return idle({ pass });
}

describe('requestSync', () => {
  test('lets an idle worker take the update and wait for the next relist', () => {
    expect(requestSync(idle(), ideal, newEffects(ideal, s(4)))).toEqual(idle({ takenAt: s(4), dueAt: s(10) }));
    expect(requestSync(idle(), ideal, newEffects(ideal, s(12)))).toEqual(idle({ takenAt: s(12), dueAt: s(12) }));
  });

  test('keeps the first instant at which another sync was requested during a pass', () => {
    const first = requestSync(withPass(), ideal, newEffects(ideal, s(4)));
    expect(first.pass?.wantedAt).toBe(s(4));
    expect(requestSync(first, ideal, newEffects(ideal, s(6))).pass?.wantedAt).toBe(s(4));
  });

  test('keeps a second update for a worker that has taken one', () => {
    const taken = idle({ takenAt: s(3), dueAt: s(10) });
    expect(requestSync(taken, ideal, newEffects(ideal, s(4)))).toEqual({ ...taken, isWantedAgain: true });
  });

  test('joins updates of one instant without delays, and joins some on a node', () => {
    const taken = idle({ takenAt: s(4), dueAt: s(10) });
    expect(requestSync(taken, ideal, newEffects(ideal, s(4)))).toBe(taken);
    const again = [1, 2, 3, 4, 5, 6, 7, 8].map((random) => {
      return requestSync(taken, node, newEffects({ ...node, random }, s(4))).isWantedAgain;
    });
    expect(new Set(again)).toEqual(new Set([true, false]));
  });

  test('ignores a pod whose worker has finished', () => {
    const finished = idle({ work: 'Finished' });
    expect(requestSync(finished, ideal, newEffects(ideal, s(4)))).toBe(finished);
  });
});

test('takeUpdate leaves its input unchanged', () => {
  const sync = Object.freeze(idle());
  expect(takeUpdate(sync, s(20))).toMatchObject({ takenAt: s(20), dueAt: s(20) });
});

describe('noticeAtRelist', () => {
  test('relists immediately without kubelet delays', () => {
    const sync = noticeAtRelist(idle(), 'c', ideal, newEffects(ideal, s(4)));
    expect(sync).toMatchObject({ relistAt: NEVER, unseen: [], relisted: ideal.runtime, takenAt: s(4) });
  });

  test('waits for the next relist on a node, and lists each container once', () => {
    const out = newEffects(node, s(4));
    const twice = noticeAtRelist(noticeAtRelist(idle(), 'c', node, out), 'c', node, out);
    expect(twice.unseen).toEqual(['c']);
    expect(twice.relistAt).toBeGreaterThan(s(4));
    expect(twice.relistAt).toBeLessThanOrEqual(s(5));
    expect(twice.takenAt).toBe(NEVER);
  });
});

test('relist copies the runtime state, and requests a sync per change', () => {
  const runtime = { ...ideal.runtime, created: { app: 1 } };
  const sync = relist(idle({ unseen: ['a'], relistAt: s(4) }), { ...ideal, runtime }, newEffects(ideal, s(4)));
  expect(sync).toMatchObject({ relisted: runtime, unseen: [], relistAt: NEVER, takenAt: s(4), isWantedAgain: false });
  const none = relist(idle({ relistAt: s(4) }), { ...ideal, runtime }, newEffects(ideal, s(4)));
  expect(none).toMatchObject({ relisted: runtime, takenAt: NEVER });
});
