import type { Instant } from '../clock/instant';
import type { Event } from '../timeline/event';

/**
 * What a timeline says to a question so far. `pending` may still become any of the others; `failed` stays so
 * whatever comes; `unknown` cannot be known from this record at all.
 */
export interface AssertionResult {
  readonly outcome: 'passed' | 'failed' | 'pending' | 'unknown';
  /** What there is instead of, or as, the thing asked for: `restart 2 of web`. The reader adds when. */
  readonly received: string;
  /** Why it is so, where that is known: `the pod's phase is Failed`. */
  readonly why?: string | undefined;
  /** What would be right, where that is plain: a sentence. */
  readonly advice?: string | undefined;
  /** What the result rests on: a sentence. */
  readonly remark?: string | undefined;
  /** The event that decided it. */
  readonly event?: Event | undefined;
  /** The container it is about, where the event does not say. */
  readonly container?: string | undefined;
  /** When it was decided, where no event did. */
  readonly at?: Instant | undefined;
  /** The single cases, where there are several: a line each. */
  readonly details?: readonly string[] | undefined;
}

export function passed(event: Event | undefined, received: string): AssertionResult {
  return { outcome: 'passed', event, received };
}

export function failed(event: Event | undefined, received: string, why?: string): AssertionResult {
  return { outcome: 'failed', event, received, why };
}

export function pending(received: string, why?: string): AssertionResult {
  return { outcome: 'pending', received, why };
}

export function unknown(why: string): AssertionResult {
  return { outcome: 'unknown', received: why };
}
