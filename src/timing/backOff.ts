import { BACK_OFF, RETRY } from './rules';

/** Returns the back-off before the n-th restart in a row, in milliseconds: 0, then 10 s, doubled up to 5 min. */
export function backOffBeforeMs(restart: number): number {
  return restart < 2 ? 0 : Math.min(BACK_OFF.initialMs * 2 ** (restart - 2), BACK_OFF.maxMs);
}

/**
 * Returns the longest time from an exit to the retry after a back-off, in milliseconds.
 *
 * The kubelet looks again after what is left of the back-off, at most 60 s, times 1 to 1.5. The retry is the first look
 * after the end, so it is latest if the last look before it left about 60 s.
 * Source: pod_workers.go `completeWork`.
 */
export function longestRetryMs(backOffMs: number): number {
  const { everyMs, resyncMs, jitter } = RETRY;
  // Up to 1.34 it looks every 10 s instead.
  let lateMs = Math.min(backOffMs * jitter, everyMs * (1 + jitter));
  for (let looks = 0; looks * resyncMs < backOffMs; looks += 1) {
    const least = Math.max(0, backOffMs - looks * resyncMs * (1 + jitter));
    const most = backOffMs - looks * resyncMs;
    const leftMs = Math.min(Math.max(resyncMs, least), most);
    lateMs = Math.max(lateMs, Math.min(leftMs, resyncMs) * (1 + jitter) - leftMs);
  }
  return backOffMs + lateMs;
}
