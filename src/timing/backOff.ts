import { BACK_OFF, REDUCED_BACK_OFF, RETRY } from './rules';

/** First and longest wait of a back-off, in milliseconds. */
export interface BackOffRange {
  readonly initialMs: number;
  readonly maxMs: number;
}

/**
 * Returns the crash-loop back-off of a kubelet: from 10s to 5m, from 1s with the gate
 * ReduceDefaultCrashLoopBackOffDecay. `configuredMs` is the maximum of its configuration, which wins over that gate.
 *
 * Source: kubelet.go `newCrashLoopBackOff`; apis/config/v1beta1 defaults.go.
 */
export function crashLoopRange(isReduced: boolean, configuredMs?: number): BackOffRange {
  const usual = isReduced ? REDUCED_BACK_OFF : BACK_OFF;
  const maxMs = configuredMs ?? usual.maxMs;
  return { initialMs: Math.min(usual.initialMs, maxMs), maxMs };
}

/** Returns the back-off before the n-th restart in a row, in milliseconds: 0, then the initial one, doubled up to the maximum. */
export function backOffBeforeMs(restart: number, { initialMs, maxMs }: BackOffRange = BACK_OFF): number {
  return restart < 2 ? 0 : Math.min(initialMs * 2 ** (restart - 2), maxMs);
}

/**
 * Returns the longest time from an exit to the retry after a back-off, in milliseconds.
 *
 * The kubelet looks again after what is left of the back-off, at most 60s, times 1 to 1.5. The retry is the first look
 * after the end, so it is latest if the last look before it left about 60s.
 * Source: pod_workers.go `completeWork`.
 */
export function longestRetryMs(backOffMs: number): number {
  const { everyMs, resyncMs, jitter } = RETRY;
  // Up to 1.34 it looks every 10s instead.
  let lateMs = Math.min(backOffMs * jitter, everyMs * (1 + jitter));
  for (let looks = 0; looks * resyncMs < backOffMs; looks += 1) {
    const least = Math.max(0, backOffMs - looks * resyncMs * (1 + jitter));
    const most = backOffMs - looks * resyncMs;
    const leftMs = Math.min(Math.max(resyncMs, least), most);
    lateMs = Math.max(lateMs, Math.min(leftMs, resyncMs) * (1 + jitter) - leftMs);
  }
  return backOffMs + lateMs;
}
