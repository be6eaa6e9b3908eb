import { isA } from '../../timeline/event';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type Judgement, undecided, violated } from '../assertionResult';
import { keptByProbes } from './keptByProbes';

/** Violated when one of these containers goes down after `since`: its own probe has it killed, or it ends by itself. */
export function stoodBy(timeline: Timeline, since: Since, containers: readonly string[]): Judgement {
  const killed = keptByProbes(timeline, since, containers);
  if (killed.outcome === 'violated') return killed;
  const exit = timeline.events
    .slice(since)
    .find((event) => isA('ContainerExited', event) && containers.includes(event.container));
  if (!exit || !isA('ContainerExited', exit)) return undecided('all of them left alone');
  return violated(exit, `${exit.container} ended by itself, with exit code ${exit.exitCode}`);
}
