import { performance } from 'node:perf_hooks';

/** Real milliseconds since the epoch, whatever fake timers make of `Date`. */
export function realNow(): number {
  return performance.timeOrigin + performance.now();
}
