import { historyOf } from '../../timeline/history/podHistory';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePending } from '../assertionResult';
import { keptByProbes } from './keptByProbes';

/** Fails when one of these containers is killed because of its probe, or exits, after `since`. */
export function stoodBy(timeline: Timeline, since: Since, containers: readonly string[]): AssertionResult {
  const killed = keptByProbes(timeline, since, containers);
  if (killed.outcome === 'failed') return killed;
  const history = historyOf(timeline);
  const exit = history.from(since, history.exits).find(({ container }) => containers.includes(container));
  if (!exit) return makePending('noneDown');
  return makeFailed(exit, { kind: 'exitedByItself', container: exit.container, exitCode: exit.exitCode });
}
