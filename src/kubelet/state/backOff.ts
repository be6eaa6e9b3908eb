import { after, type Instant } from '../../clock/instant';
import { type BackOffRange, crashLoopRange } from '../../timing/backOff';
import { BACK_OFF, HOUSEKEEPING_MS } from '../../timing/rules';
import type { Behavior } from '../behavior/behavior';
import type { KubeletConfig } from '../behavior/config';

/** Entry of the kubelet's back-off: the length of the next wait, and the instant of the decision. */
export interface BackOff {
  readonly delayMs: number;
  readonly updatedAt: Instant;
}

export interface BackOffLimits extends BackOffRange {
  /** An entry counts no more when what it is asked about came this long after its last update. */
  readonly resetMs: number;
}

export const IMAGE_PULL_LIMITS: BackOffLimits = BACK_OFF;

export type RestartDecision =
  | { readonly kind: 'Wait'; readonly until: Instant; readonly delayMs: number }
  | { readonly kind: 'Start'; readonly backOff: BackOff | undefined };

/**
 * Returns the crash-loop back-off of a kubelet, and when it starts over.
 *
 * Source: kubelet.go `newCrashLoopBackOff`; the reset after 600s is fixed since 1.32, before it was twice the cap.
 */
export function crashLoopLimits(
  { maxContainerRestartPeriodSeconds: maxSeconds }: Pick<KubeletConfig, 'maxContainerRestartPeriodSeconds'>,
  behavior: Behavior,
): BackOffLimits {
  const configuredMs = maxSeconds === undefined ? BACK_OFF.maxMs : maxSeconds * 1000;
  const range = crashLoopRange(behavior.reducedBackOff, behavior.configurableBackOff ? configuredMs : undefined);
  return { ...range, resetMs: behavior.backOffResetsAfter10Min ? BACK_OFF.resetMs : 2 * range.maxMs };
}

/**
 * Decides at `now` whether a container starts again, by the exit of the newest exited instance in the snapshot
 * (undefined: none, so no wait). The first restart is immediate, and each further one waits twice as long after that
 * exit, until a long enough run starts the count over.
 *
 * Source: kuberuntime_manager.go `doBackOff`; client-go flowcontrol `Backoff.Next`.
 */
export function doBackOff(
  entry: BackOff | undefined,
  finishedAt: Instant | undefined,
  now: Instant,
  limits: BackOffLimits,
): RestartDecision {
  if (finishedAt === undefined) return { kind: 'Start', backOff: entry };
  const kept = collectGarbage(entry, now, limits);
  if (kept && isInBackOffSince(kept, finishedAt, now, limits)) {
    return { kind: 'Wait', until: after(finishedAt, kept.delayMs), delayMs: kept.delayMs };
  }
  return { kind: 'Start', backOff: nextBackOff(kept, finishedAt, now, limits) };
}

/** Source: client-go flowcontrol `Backoff.IsInBackOffSince`. */
export function isInBackOffSince(
  entry: BackOff | undefined,
  since: Instant,
  now: Instant,
  limits: BackOffLimits,
): boolean {
  return entry !== undefined && !hasExpired(entry, since, limits) && now - since < entry.delayMs;
}

/** Source: client-go flowcontrol `Backoff.IsInBackOffSinceUpdate`; image pulls wait since the last attempt. */
export function isInBackOffSinceUpdate(entry: BackOff | undefined, now: Instant, limits: BackOffLimits): boolean {
  return entry !== undefined && !hasExpired(entry, now, limits) && now - entry.updatedAt < entry.delayMs;
}

/** Source: client-go flowcontrol `Backoff.Next`. */
export function nextBackOff(entry: BackOff | undefined, since: Instant, now: Instant, limits: BackOffLimits): BackOff {
  const counts = entry !== undefined && !hasExpired(entry, since, limits);
  const delayMs = counts ? Math.min(entry.delayMs * 2, limits.maxMs) : limits.initialMs;
  return { delayMs, updatedAt: now };
}

/**
 * Returns the entry after housekeeping: every 2s it drops entries whose last update is too long ago, even while a
 * container waits by one.
 *
 * Source: kubelet.go `HandlePodCleanups`; client-go flowcontrol `Backoff.GC`.
 */
export function collectGarbage(
  entry: BackOff | undefined,
  now: Instant,
  limits: BackOffLimits,
  housekeepingMs: number = HOUSEKEEPING_MS,
): BackOff | undefined {
  const lastHousekeeping = Math.floor(now / housekeepingMs) * housekeepingMs;
  return entry && lastHousekeeping - entry.updatedAt > limits.resetMs ? undefined : entry;
}

function hasExpired(entry: BackOff, since: Instant, limits: BackOffLimits): boolean {
  return since - entry.updatedAt > limits.resetMs;
}
