import { type Instant, wholeSeconds } from '../../clock/instant';
import type { Event, KubeletEvent } from '../../timeline/event';

/** An event as the API stores it: what was recorded again and again is one, with a count. */
export interface RecordedEvent extends Pick<KubeletEvent, 'type' | 'from' | 'fieldPath' | 'message'> {
  readonly reason: string;
  readonly count: number;
  readonly firstTimestamp: Instant;
  readonly lastTimestamp: Instant;
}

/** So many different messages of one reason within this time are told apart no longer. */
const SIMILAR_AT_MOST = 10;
const SIMILAR_WITHIN_MS = 600_000;
/** So many at once, and one more every so often, are sent of one type about one object. */
const BURST = 25;
const REFILL_MS = 300_000;

/** Every event for itself, as it happened. */
export function eachRecorded(events: readonly Event[]): readonly RecordedEvent[] {
  return events.filter(isRecorded).map((event) => first(event, event.message));
}

/** One write of an event to the API: a new one, or one that is there with a new count. */
export interface EventWrite {
  readonly key: string;
  readonly event: RecordedEvent;
  readonly at: Instant;
}

/** What the API has of the events after all writes. */
export function correlated(events: readonly Event[]): readonly RecordedEvent[] {
  return [...new Map(eventWrites(events).map(({ key, event }) => [key, event])).values()];
}

/**
 * What is written to the API, after the recorder merged events alike, combined those similar and dropped those too many.
 * An event that is dropped still counts: its number shows with the next one of its kind that is sent.
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

/** Whether an event stands for itself or for all those similar, which differ in nothing but their message. */
function aggregate(event: KubeletEvent, aggregates: Map<string, Aggregate>): { key: string; message: string } {
  const similar = [event.from, event.type, event.kind].join('/');
  const known = aggregates.get(similar);
  const current =
    known && event.at - known.lastAt <= SIMILAR_WITHIN_MS ? known : { messages: new Set<string>(), lastAt: event.at };
  aggregates.set(similar, current);
  current.messages.add(event.message);
  current.lastAt = event.at;
  if (current.messages.size < SIMILAR_AT_MOST) {
    return { key: [similar, event.fieldPath, event.message].join('/'), message: event.message };
  }
  // The set is to grow no larger; which one it forgets does not matter.
  const [some = event.message] = current.messages;
  current.messages.delete(some);
  return { key: similar, message: `(combined from similar events): ${event.message}` };
}

interface Budget {
  left: number;
  at: Instant;
}

/** Takes one from the budget of the event's source and type; false when there is none left. */
function allows(budgets: Map<string, Budget>, { from, type, at }: KubeletEvent): boolean {
  const key = [from, type].join('/');
  const { left, at: since } = budgets.get(key) ?? { left: BURST, at };
  const now = Math.min(BURST, left + (at - since) / REFILL_MS);
  const allowed = now >= 1;
  budgets.set(key, { left: allowed ? now - 1 : now, at });
  return allowed;
}
