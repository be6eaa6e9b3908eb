import { isA } from '../../timeline/event';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, failed, pending } from '../assertionResult';

/** Fails when the liveness or startup probe of one of these containers has it killed after `since`. */
export function keptByProbes(timeline: Timeline, since: Since, containers: readonly string[]): AssertionResult {
  const killing = timeline.events
    .slice(since)
    .find((event) => isA('Killing', event) && event.probe !== undefined && containers.includes(event.container ?? ''));
  if (!killing || !isA('Killing', killing)) return pending('none of them killed');
  return failed(killing, `${killing.container} killed by its ${killing.probe} probe`);
}
