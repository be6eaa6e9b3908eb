import { roundDuration } from './durations';

/** Returns a measured duration, rounded for people: `40 ms`, `3.1 s`. */
export function roughly(ms: number): string {
  const step = ms < 1_000 ? 10 : 100;
  return roundDuration(Math.round(ms / step) * step);
}
