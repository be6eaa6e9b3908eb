import type { Instant } from '../clock/instant';
import type { Event } from '../timeline/event';
import type { Detail } from './facts/detail';
import type { Fix } from './facts/fix';
import type { PlainReason, Reason } from './facts/reason';
import type { PlainReceived, Received } from './facts/received';
import type { Remark } from './facts/remark';

/** The result of an assertion so far, as facts. `src/wording` puts them into words. */
export interface AssertionResult {
  /** `pending` may still become any of the others. `failed` is final, and `unknown` is what the timeline cannot tell. */
  readonly outcome: 'passed' | 'failed' | 'pending' | 'unknown';
  /** The fact that was asserted, or the one instead of it. */
  readonly received: Received;
  /** Absent if it is unknown. */
  readonly reason?: Reason | undefined;
  /** Absent if there is no plain one. */
  readonly fix?: Fix | undefined;
  readonly remark?: Remark | undefined;
  /** The event that decided it. */
  readonly event?: Event | undefined;
  /** The container it is about, if the event does not say. */
  readonly container?: string | undefined;
  /** The time when it was decided, if no event did. */
  readonly at?: Instant | undefined;
  /** The single cases, if there are several. */
  readonly details?: readonly Detail[] | undefined;
}

/** A fact that needs no more than its kind may be given by that alone. */
type ReceivedFact = Received | PlainReceived;
type ReasonFact = Reason | PlainReason;

export function makePassed(event: Event | undefined, received: ReceivedFact): AssertionResult {
  return { outcome: 'passed', event, received: receivedFact(received) };
}

export function makeFailed(event: Event | undefined, received: ReceivedFact, reason?: ReasonFact): AssertionResult {
  return { outcome: 'failed', event, received: receivedFact(received), reason: reasonFact(reason) };
}

export function makePending(received: ReceivedFact, reason?: ReasonFact): AssertionResult {
  return { outcome: 'pending', received: receivedFact(received), reason: reasonFact(reason) };
}

export function makeUnknown(received: ReceivedFact): AssertionResult {
  return { outcome: 'unknown', received: receivedFact(received) };
}

function receivedFact(fact: ReceivedFact): Received {
  return typeof fact === 'string' ? { kind: fact } : fact;
}

function reasonFact(fact: ReasonFact | undefined): Reason | undefined {
  return typeof fact === 'string' ? { kind: fact } : fact;
}
