import { clearTimeout, setTimeout } from 'node:timers';
import { realNow } from '../../../src/clock/realNow';
import { deadline } from '../../../src/pod/shared/registry';

/**
 * How long before the running test's own deadline a wait ends, so that its message is the one shown. A busy machine takes
 * long to format it, and a test with more time can spare more.
 */
const AHEAD = { share: 1 / 10, minMs: 250, maxMs: 5_000 };

/** Calls `act` shortly before the test or hook that runs is out of time, where that is known; returns how to call it off. */
export function beforeTestRunsOut(act: () => void): () => void {
  const at = deadline();
  if (at === undefined) return () => {};
  const leftMs = at - realNow();
  const aheadMs = Math.min(Math.max(leftMs * AHEAD.share, AHEAD.minMs), AHEAD.maxMs);
  const timer = setTimeout(act, Math.max(0, leftMs - aheadMs));
  return () => clearTimeout(timer);
}
