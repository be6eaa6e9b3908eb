import { describe, expect, test } from '@jest/globals';
import { checkGracefulDelete } from '../../../../src/kubelet/podWorkers/podDeletion';
import type { Deletion } from '../../../../src/kubelet/state/syncedPod';
import type { PodStatus } from '../../../../src/timeline/podStatus';
import { s } from '../../../fidelity/kubelet/scenarios';
import { named, podOf } from '../pods';

const RUNNING: PodStatus = { phase: 'Running', conditions: [], initContainerStatuses: [], containerStatuses: [] };

function deletes(
  requestedSeconds?: number,
  { status = RUNNING, deletion }: { status?: PodStatus; deletion?: Deletion } = {},
) {
  const pod = podOf({ terminationGracePeriodSeconds: 20, containers: [named('app')] }, deletion && { deletion });
  return checkGracefulDelete(pod, status, requestedSeconds, s(5.4));
}

/** Source: registry/core/pod/strategy.go `CheckGracefulDelete`; apiserver rest/delete.go `BeforeDelete`. */
describe('checkGracefulDelete', () => {
  test('marks the pod with its own grace period in whole seconds', () => {
    const deletion = { deletionTimestamp: s(25), deletionGracePeriodSeconds: 20 };
    expect(deletes()).toEqual({ kind: 'Mark', deletion });
  });

  test('prefers the grace period of the request, and treats a negative one as 1s', () => {
    expect(deletes(40).deletion.deletionGracePeriodSeconds).toBe(40);
    expect(deletes(-1)).toMatchObject({ kind: 'Mark', deletion: { deletionGracePeriodSeconds: 1 } });
  });

  test('lets a later request only shorten the grace period', () => {
    const deletion = { deletionTimestamp: s(25), deletionGracePeriodSeconds: 10 };
    expect(deletes(30, { deletion }).deletion.deletionGracePeriodSeconds).toBe(10);
    expect(deletes(3, { deletion }).deletion.deletionGracePeriodSeconds).toBe(3);
  });

  test('removes a pod immediately with period 0, in a terminal phase, or without a node', () => {
    expect(deletes(0).kind).toBe('Remove');
    expect(deletes(30, { status: { ...RUNNING, phase: 'Succeeded' } }).kind).toBe('Remove');
    const unscheduled = { type: 'PodScheduled', status: 'False' } as PodStatus['conditions'][number];
    expect(deletes(30, { status: { ...RUNNING, phase: 'Pending', conditions: [unscheduled] } }).kind).toBe('Remove');
  });
});
