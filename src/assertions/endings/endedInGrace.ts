import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed } from '../assertionResult';
import { evaluateEnd, terminatedGracefully } from './terminatedGracefully';

/**
 * Checks only the time that the containers of a deleted pod need, like {@link terminatedGracefully}. It ignores exit codes
 * and failed preStop hooks, but not a hook that the grace period cuts short.
 */
export function endedInGrace(timeline: Timeline): AssertionResult {
  const whole = terminatedGracefully(timeline, 0, { exitCode: 'any' });
  if (whole.outcome !== 'failed') return whole;
  const history = historyOf(timeline);
  const deletedAt = history.placeOf(history.deletions[0]);
  const stops = history.stops.filter(({ exited, killing }) => history.isFrom(deletedAt, exited ?? killing));
  const cut = stops.find(({ preStop }) => preStop?.outlived);
  if (cut?.preStop?.outlived) {
    const { container, preStop } = cut;
    const received = { kind: 'hook', container, hook: 'preStop', state: 'running' } as const;
    return makeFailed(preStop.outlived, received, 'hookOutlivedGracePeriod');
  }
  const ends = stops.map((stop) => evaluateEnd(stop, 'any'));
  return ends.find(({ outcome }) => outcome === 'failed') ?? ends.at(-1) ?? whole;
}
