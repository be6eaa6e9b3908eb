import type { KubeletEvent, KubeletReason } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePassed } from '../assertionResult';
import type { Reason } from '../facts/reason';

/** Filter for events. A property that you leave out matches anything. */
export interface EventFilter {
  /** Reason of the event, such as `Unhealthy`. */
  readonly reason?: KubeletReason;
  /** Type of the event: `Normal` or `Warning`. */
  readonly type?: KubeletEvent['type'];
  /** Name of the container. */
  readonly container?: string;
  /** Part of the message, or a regular expression. */
  readonly message?: string | RegExp;
}

/** Passes if a matching event has occurred. The first one decides. */
export function hasEvent(timeline: Timeline, wanted: EventFilter): AssertionResult {
  const events = historyOf(timeline).kubeletEvents;
  const found = events.find((event) => isLike(event, wanted));
  if (found) return makePassed(found, { kind: 'event', reason: found.kind, container: found.container });
  const { last, reason } = otherEvents(events, wanted);
  return makeFailed(last, 'noEvent', reason);
}

/** Returns the events instead of a missing one: the number with its reason, or else the reasons of all events. */
export function otherEvents(
  events: readonly KubeletEvent[],
  wanted: EventFilter,
): { readonly last?: KubeletEvent | undefined; readonly reason: Reason } {
  const alike = events.filter((event) => event.kind === wanted.reason);
  if (alike.length > 0) return { last: alike.at(-1), reason: { kind: 'otherEvents', count: alike.length } };
  return { reason: { kind: 'only', names: [...new Set(events.map(({ kind }) => kind))] } };
}

/** True if the event matches the filter. */
export function isLike(event: KubeletEvent, { reason, type, container, message }: EventFilter): boolean {
  return (
    (reason ?? event.kind) === event.kind &&
    (type ?? event.type) === event.type &&
    (container ?? event.container) === event.container &&
    (message === undefined || matchesText(event.message, message))
  );
}

function matchesText(text: string, pattern: string | RegExp): boolean {
  return typeof pattern === 'string' ? text.includes(pattern) : text.search(pattern) >= 0;
}
