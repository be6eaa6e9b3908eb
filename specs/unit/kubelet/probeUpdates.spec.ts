import { describe, expect, test } from '@jest/globals';
import { NODE } from '../../../src/kubelet';
import { newEffects } from '../../../src/kubelet/effects/effects';
import { onProbed } from '../../../src/kubelet/probeUpdates';
import type { PodState } from '../../../src/kubelet/state/podState';
import type { ProbeUpdate } from '../../../src/kubelet/state/proberState';
import { s, simulate } from '../../fidelity/kubelet/scenarios';
import { named } from './pods';

const probe = { exec: { command: ['check'] }, periodSeconds: 10 };

/** Returns a pod that became Ready in its first seconds, on a node where a sync waits for the next relist. */
function readyPod(): PodState {
  const pod = simulate({ containers: [named('app', { readinessProbe: probe })] }, {}, { profile: NODE });
  pod.advance(s(30));
  return pod.state;
}

function probed(type: ProbeUpdate['type'], result: ProbeUpdate['result']) {
  const before = readyPod();
  const id = before.runtime.instances[0]?.id ?? '';
  const out = newEffects(before, s(30));
  const after = onProbed(before, { prober: before.prober, update: { type, id, result } }, out);
  return { before, after, isReady: after.status.containerStatuses[0]?.ready, events: out.events };
}

/** Source: kubelet.go `syncLoopIteration`, `handleProbeSync`. */
describe('onProbed', () => {
  test('publishes a readiness failure immediately, before the next sync', () => {
    const { isReady, events, before } = probed('readiness', 'Failure');
    expect(before.status.containerStatuses[0]?.ready).toBe(true);
    expect(isReady).toBe(false);
    expect(events.map(({ kind }) => kind)).toContain('StatusPublished');
  });

  test('requests a sync after a liveness failure, and keeps the status', () => {
    const { before, after, events } = probed('liveness', 'Failure');
    expect(after.status).toBe(before.status);
    expect(events).toEqual([]);
    expect(after.sync).not.toEqual(before.sync);
  });

  test('requests no sync after a liveness success', () => {
    const { before, after } = probed('liveness', 'Success');
    expect(after.sync).toBe(before.sync);
  });
});
