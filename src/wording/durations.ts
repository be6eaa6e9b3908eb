/** Returns a duration for people, to a tenth of a second: `0.4 s`, `41.0 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** Returns a chosen duration without zero parts: `250 ms`, `30 s`, `1 m 30 s`, `1 h`. */
export function roundDuration(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor((ms % 3_600_000) / 60_000);
  const rest = (ms % 60_000) / 1000;
  return [hours && `${hours} h`, minutes && `${minutes} m`, rest && `${rest} s`].filter(Boolean).join(' ');
}
