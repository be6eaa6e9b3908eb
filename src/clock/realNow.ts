import { performance } from 'node:perf_hooks';

/** Returns real milliseconds since the epoch, also under fake timers, which change `Date`. */
export function realNow(): number {
  return performance.timeOrigin + performance.now();
}
