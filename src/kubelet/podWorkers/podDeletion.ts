import { after, type Instant, wholeSeconds } from '../../clock/instant';
import { conditionOf, isTerminal } from '../../timeline/condition';
import type { PodStatus } from '../../timeline/podStatus';
import type { Deletion, SyncedPod } from '../state/syncedPod';

/** Reaction of the API to a request to delete a pod: mark it, or remove it immediately. */
export type DeletionVerdict =
  | { readonly kind: 'Mark'; readonly deletion: Deletion }
  | { readonly kind: 'Remove'; readonly deletion: Deletion };

/**
 * Decides on a deletion by the request's grace period, else the pod's; a later request can only shorten it. The object
 * disappears immediately with grace period 0, in a terminal phase, or if the pod is on no node.
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
