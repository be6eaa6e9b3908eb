import { performance } from 'node:perf_hooks';
import { clearTimeout, setTimeout } from 'node:timers';
import { registry } from '../../src/pod/registry';

/** How long before the running test's own deadline a wait ends, so that its message is the one shown. */
const AHEAD_MS = 250;

/** Real milliseconds since the epoch, whatever fake timers make of `Date`. */
export function realNow(): number {
  return performance.timeOrigin + performance.now();
}

/** Calls `act` shortly before the test or hook that runs is out of time, where that is known; returns how to call it off. */
export function beforeTestRunsOut(act: () => void): () => void {
  const { deadline } = registry();
  if (deadline === undefined) return () => {};
  const timer = setTimeout(act, Math.max(0, deadline - AHEAD_MS - realNow()));
  return () => clearTimeout(timer);
}
