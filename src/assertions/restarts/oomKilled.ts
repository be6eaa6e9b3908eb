import { type Event, type EventOf, isA } from '../../timeline/event';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed } from '../assertionResult';

/** Event of a process that the kernel killed at a memory limit. */
export type OOMKill = EventOf<'ProcessOOMKilled'> | EventOf<'ContainerExited'>;

/** Returns the first OOM kill since `since`. */
export function oomKillIn({ events }: Pick<Timeline, 'events'>, since: Since): OOMKill | undefined {
  return events.slice(since).find(isOOMKill);
}

/** Fails at the first process that the kernel killed at a memory limit since `since`, the main process or another. */
export function oomKilled(timeline: Timeline, since: Since): AssertionResult | undefined {
  const kill = oomKillIn(timeline, since);
  return kill && makeFailed(kill, { kind: 'container', container: kill.container, state: 'oomKilled' });
}

function isOOMKill(event: Event): event is OOMKill {
  return isA('ProcessOOMKilled', event) || (isA('ContainerExited', event) && event.reason === 'OOMKilled');
}
