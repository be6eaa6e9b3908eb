import type { Container, PodSpec } from '../../manifest/model';
import { effectiveGraceSeconds as ownGracePeriodSeconds, type StopReason } from '../../timing/stopTiming';
import type { KillReason } from '../state/pass';
import type { Deletion } from '../state/syncedPod';

const STOPPED_BY: Readonly<Record<KillReason, StopReason>> = {
  livenessProbe: 'liveness',
  startupProbe: 'startup',
  unknown: 'other',
};

/**
 * How long a container has to end, in seconds, its preStop hook included; by why it is killed.
 *
 * Source: kuberuntime_container.go `setTerminationGracePeriod`.
 */
export function gracePeriodSeconds(
  spec: Pick<PodSpec, 'terminationGracePeriodSeconds'>,
  deletion: Deletion | undefined,
  container: Container,
  reason: KillReason,
  override?: number,
): number {
  if (override !== undefined) return override;
  return deletion?.deletionGracePeriodSeconds ?? ownGracePeriodSeconds(spec, container, STOPPED_BY[reason]);
}
