import { type Instant, wholeSeconds } from '../../clock/instant';
import type { Event, KubeletEvent } from '../../timeline/event';

/** An event of the API. Repeated events are one event with a count. */
export interface RecordedEvent extends Pick<KubeletEvent, 'type' | 'from' | 'fieldPath' | 'message'> {
  readonly reason: string;
  readonly count: number;
  readonly firstTimestamp: Instant;
  readonly lastTimestamp: Instant;
}

/** The recorder combines this many different messages of one reason within this time into one event. */
const SIMILAR_MAX = 10;
const SIMILAR_WITHIN_MS = 600_000;
/** The recorder sends a burst of events of one type about one object, and then one event for each refill. */
const BURST = 25;
const REFILL_MS = 300_000;

/** Returns all events, without merging. */
export function listRecorded(events: readonly Event[]): readonly RecordedEvent[] {
  return events.filter(isRecorded).map((event) => first(event, event.message));
}

/** Write of an event to the API: a new event, or a new count of an existing one. */
export interface EventWrite {
  readonly key: string;
  readonly event: RecordedEvent;
  readonly at: Instant;
}

/** Returns the events that the API stores after all writes. */
export function correlateEvents(events: readonly Event[]): readonly RecordedEvent[] {
  return [...new Map(eventWrites(events).map(({ key, event }) => [key, event])).values()];
}

/**
 * Returns the writes to the API, after the recorder merged equal events, combined similar ones and dropped some.
 * A dropped event still counts, so the next event of its kind shows a higher count.
 *
 * Source: client-go tools/record/events_cache.go `EventCorrelate`; the scheduler's recorder does none of it.
 */
export function eventWrites(events: readonly Event[]): readonly EventWrite[] {
  const writes: EventWrite[] = [];
  const known = new Map<string, RecordedEvent>();
  const aggregates = new Map<string, Aggregate>();
  const budgets = new Map<string, Budget>();
  for (const event of events.filter(isRecorded)) {
    const { key, message } = aggregate(event, aggregates);
    const before = known.get(key);
    const recorded = before ? again(before, event, message) : first(event, message);
    known.set(key, recorded);
    if (allows(budgets, event)) writes.push({ key, event: recorded, at: event.at });
  }
  return writes;
}

function isRecorded(event: Event): event is KubeletEvent {
  return event.source === 'kubelet';
}

function first({ type, from, fieldPath, kind, at }: KubeletEvent, message: string): RecordedEvent {
  const timestamp = wholeSeconds(at);
  const path = fieldPath === undefined ? {} : { fieldPath };
  return { type, reason: kind, from, ...path, message, count: 1, firstTimestamp: timestamp, lastTimestamp: timestamp };
}

function again(before: RecordedEvent, { at }: KubeletEvent, message: string): RecordedEvent {
  return { ...before, message, count: before.count + 1, lastTimestamp: wholeSeconds(at) };
}

interface Aggregate {
  readonly messages: Set<string>;
  lastAt: Instant;
}

/** Returns the key and the message of an event. Events that differ only in their message get one key if there are many. */
function aggregate(event: KubeletEvent, aggregates: Map<string, Aggregate>): { key: string; message: string } {
  const similar = [event.from, event.type, event.kind].join('/');
  const known = aggregates.get(similar);
  const current =
    known && event.at - known.lastAt <= SIMILAR_WITHIN_MS ? known : { messages: new Set<string>(), lastAt: event.at };
  aggregates.set(similar, current);
  current.messages.add(event.message);
  current.lastAt = event.at;
  if (current.messages.size < SIMILAR_MAX) {
    return { key: [similar, event.fieldPath, event.message].join('/'), message: event.message };
  }
  // The set must not grow. Any of its messages can go.
  const [some = event.message] = current.messages;
  current.messages.delete(some);
  return { key: similar, message: `(combined from similar events): ${event.message}` };
}

interface Budget {
  left: number;
  at: Instant;
}

/** Returns false if the budget of the event's source and type is used up. Otherwise, takes one from it. */
function allows(budgets: Map<string, Budget>, { from, type, at }: KubeletEvent): boolean {
  const key = [from, type].join('/');
  const { left, at: since } = budgets.get(key) ?? { left: BURST, at };
  const now = Math.min(BURST, left + (at - since) / REFILL_MS);
  const allowed = now >= 1;
  budgets.set(key, { left: allowed ? now - 1 : now, at });
  return allowed;
}
