import type { Container, PodSpec } from '../manifest/model';
import type { KillReason } from './sync';
import type { Deletion } from './syncedPod';

/** However short the grace, the process has this long between its stop signal and SIGKILL. */
export const MINIMUM_GRACE_SECONDS = 2;

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
  if (deletion) return deletion.deletionGracePeriodSeconds;
  if (spec.terminationGracePeriodSeconds === undefined) return MINIMUM_GRACE_SECONDS;
  const ofProbe =
    reason === 'livenessProbe'
      ? container.livenessProbe?.terminationGracePeriodSeconds
      : reason === 'startupProbe'
        ? container.startupProbe?.terminationGracePeriodSeconds
        : undefined;
  return ofProbe ?? spec.terminationGracePeriodSeconds;
}
