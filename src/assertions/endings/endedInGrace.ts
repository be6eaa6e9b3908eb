import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, failed } from '../assertionResult';
import { evaluateEnd, terminatedGracefully } from './terminatedGracefully';

/**
 * As {@link terminatedGracefully}, of the whole pod and of the time alone: a preStop hook that fails and an exit code
 * are none of it, a hook that the grace cuts short is.
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
    return failed(preStop.outlived, received, 'hookOutlivedGracePeriod');
  }
  const ends = stops.map((stop) => evaluateEnd(stop, 'any'));
  return ends.find(({ outcome }) => outcome === 'failed') ?? ends.at(-1) ?? whole;
}
