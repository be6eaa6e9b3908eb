/** Returns a chosen duration without zero parts: `250ms`, `30s`, `1m30s`, `1h`, `0s`. */
export function formatDuration(ms: number): string {
  if (ms === 0) return '0s';
  if (ms < 1_000) return `${ms}ms`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor((ms % 3_600_000) / 60_000);
  const seconds = (ms % 60_000) / 1_000;
  return [hours && `${hours}h`, minutes && `${minutes}m`, seconds && `${seconds}s`].filter(Boolean).join('');
}

/** Returns a measured duration in seconds, to a tenth or to the given number of digits: `0.4s`, `41.0s`. */
export function formatSeconds(ms: number, digits = 1): string {
  return `${(ms / 1_000).toFixed(digits)}s`;
}

/** Returns a measured duration, rounded to the digits that matter: `40ms`, `3.1s`. */
export function formatRoughly(ms: number): string {
  const step = ms < 1_000 ? 10 : 100;
  return formatDuration(Math.round(ms / step) * step);
}
