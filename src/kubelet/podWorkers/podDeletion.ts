import { after, type Instant, wholeSeconds } from '../../clock/instant';
import { conditionOf, isTerminal } from '../../timeline/condition';
import type { PodStatus } from '../../timeline/podStatus';
import type { Deletion, SyncedPod } from '../state/syncedPod';

/** What the API does with a request to delete a pod: mark it, or forget it at once. */
export type DeletionVerdict =
  | { readonly kind: 'Mark'; readonly deletion: Deletion }
  | { readonly kind: 'Remove'; readonly deletion: Deletion };

/**
 * The grace is the request's, else the pod's; a later request can only shorten it. With grace 0, once the phase is
 * terminal, or where no node has taken the pod, the object goes at once, whatever still runs on the node.
 *
 * Source: registry/core/pod/strategy.go `CheckGracefulDelete`; apiserver rest/delete.go `BeforeDelete`.
 */
export function checkGracefulDelete(
  pod: SyncedPod,
  status: PodStatus,
  requestedSeconds: number | undefined,
  at: Instant,
): DeletionVerdict {
  const asked = requestedSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 0;
  const isOnNode = conditionOf(status, 'PodScheduled')?.status !== 'False';
  const seconds = isTerminal(status.phase) || !isOnNode ? 0 : asked < 0 ? 1 : asked;
  const before = pod.deletion?.deletionGracePeriodSeconds;
  const grace = before === undefined ? seconds : Math.min(before, seconds);
  const deletion = {
    deletionTimestamp: after(wholeSeconds(at), grace * 1000),
    deletionGracePeriodSeconds: grace,
  };
  return { kind: grace === 0 ? 'Remove' : 'Mark', deletion };
}
