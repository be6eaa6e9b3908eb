import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePassed, makeUnknown } from '../assertionResult';

/** Passes if back-off has delayed a container by exactly these waits so far, in milliseconds. The last one decides. */
export function hasBackOffs(timeline: Timeline, container: string, wantedMs: readonly number[]): AssertionResult {
  const waits = historyOf(timeline).crashLoopWaits.filter((wait) => wait.container === container);
  const delays = waits.flatMap(({ refused: { delayMs } }) => (delayMs === undefined ? [] : [delayMs]));
  if (delays.length < waits.length) return makeUnknown('unknownBackOffs');
  const isIt = delays.length === wantedMs.length && delays.every((delay, index) => delay === wantedMs[index]);
  return (isIt ? makePassed : makeFailed)(waits.at(-1)?.refused, { kind: 'backOffs', container, delaysMs: delays });
}
