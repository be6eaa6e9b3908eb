import { clearTimeout, setTimeout } from 'node:timers';
import { realNow } from '../../src/clock/realNow';
import { deadline } from '../../src/pod/registry';

/** How long before the running test's own deadline a wait ends, so that its message is the one shown. */
const AHEAD_MS = 250;

/** Calls `act` shortly before the test or hook that runs is out of time, where that is known; returns how to call it off. */
export function beforeTestRunsOut(act: () => void): () => void {
  const at = deadline();
  if (at === undefined) return () => {};
  const timer = setTimeout(act, Math.max(0, at - AHEAD_MS - realNow()));
  return () => clearTimeout(timer);
}
