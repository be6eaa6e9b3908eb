import type { KubeletEvent, KubeletReason } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, failed, passed } from '../assertionResult';

/** Some of what `kubectl describe` shows of an event; what is left out may be anything. */
export interface EventFilter {
  readonly reason?: KubeletReason;
  readonly type?: KubeletEvent['type'];
  readonly container?: string;
  /** A part of the message, or an expression it matches. */
  readonly message?: string | RegExp;
}

/** Whether such an event is on record, whenever it was. Deciding is the first of them. */
export function hasEvent(timeline: Timeline, wanted: EventFilter): AssertionResult {
  const events = historyOf(timeline).kubeletEvents;
  const found = events.find((event) => isLike(event, wanted));
  if (found) return passed(found, `${found.kind} of ${found.container ?? 'the pod'}`);
  const alike = events.filter((event) => event.kind === wanted.reason);
  if (alike.length > 0) return failed(alike.at(-1), 'no such event', `${alike.length} of that reason, none like it`);
  const reasons = [...new Set(events.map(({ kind }) => kind))];
  return failed(undefined, 'no such event', reasons.length > 0 ? `only ${reasons.join(', ')}` : 'none at all');
}

/** Whether an event is like the one asked for. */
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
