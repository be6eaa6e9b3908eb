import { sleptSeconds } from '../manifest/facts/sleptSeconds';
import type { Container, PodSpec } from '../manifest/model';
import type { Span } from './probeTiming';
import { LEAST_GRACE_PERIOD_SECONDS } from './rules';

/** The kubelet's reason to stop a container. Only a probe can bring its own grace period. */
export type StopReason = 'liveness' | 'startup' | 'other';

/** Times of a stop, in milliseconds from the decision. */
export interface StopTiming {
  readonly graceMs: number;
  /** True if a preStop hook runs. The kubelet skips it if there is no grace period. */
  readonly hasPreStop: boolean;
  /** When the stop signal is sent. Only a sleep takes a known time, and any hook may take the whole grace period. */
  readonly termAt: Span;
  /** When SIGKILL is sent to a container that still runs. */
  readonly killAt: Span;
  /** When the container has exited, at the latest. */
  readonly goneByMs: number;
}

/**
 * Returns how long the stop of one container takes. The kubelet deducts preStop from the grace period in whole seconds.
 *
 * Source: kuberuntime_container.go `killContainer`.
 */
export function stopTiming(
  { lifecycle, ...container }: StoppedContainer,
  spec: Pick<PodSpec, 'terminationGracePeriodSeconds'>,
  reason: StopReason,
): StopTiming {
  const grace = effectiveGraceSeconds(spec, container, reason);
  const preStop = grace > 0 ? lifecycle?.preStop : undefined;
  const slept = Math.min((preStop && sleptSeconds(preStop)) ?? 0, grace);
  const isKnown = !preStop || preStop.sleep !== undefined;
  const kill = (termSeconds: number) =>
    termSeconds + Math.max(grace - Math.floor(termSeconds), LEAST_GRACE_PERIOD_SECONDS);
  const killLatest = isKnown ? kill(slept) : kill(grace);
  return {
    graceMs: grace * 1_000,
    hasPreStop: preStop !== undefined,
    termAt: { earliest: slept * 1_000, latest: (isKnown ? slept : grace) * 1_000 },
    killAt: { earliest: kill(slept) * 1_000, latest: killLatest * 1_000 },
    goneByMs: killLatest * 1_000,
  };
}

type StoppedContainer = Pick<Container, 'lifecycle' | 'livenessProbe' | 'startupProbe'>;

/**
 * Returns the grace period of a stop in seconds, its preStop hook included.
 *
 * Source: kuberuntime_container.go `setTerminationGracePeriod`.
 */
export function effectiveGraceSeconds(
  { terminationGracePeriodSeconds: ofPod }: Pick<PodSpec, 'terminationGracePeriodSeconds'>,
  { livenessProbe, startupProbe }: Pick<Container, 'livenessProbe' | 'startupProbe'>,
  reason: StopReason,
): number {
  if (ofPod === undefined) return LEAST_GRACE_PERIOD_SECONDS;
  if (reason === 'liveness') return livenessProbe?.terminationGracePeriodSeconds ?? ofPod;
  if (reason === 'startup') return startupProbe?.terminationGracePeriodSeconds ?? ofPod;
  return ofPod;
}
