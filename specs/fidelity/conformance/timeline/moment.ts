import type { Instant } from '../../../../src/clock/instant';

/** A point in the record: its time, and its place among all that was recorded, which also orders one instant. */
export interface Moment {
  readonly at: Instant;
  readonly place: number;
}

/** Returns the moment before all events at an instant. */
export function beginningOf(at: Instant): Moment {
  return { at, place: Number.NEGATIVE_INFINITY };
}

/** Returns the moment after all events at an instant. */
export function endOf(at: Instant): Moment {
  return { at, place: Number.POSITIVE_INFINITY };
}

export function isBefore(a: Moment, b: Moment): boolean {
  return a.at === b.at ? a.place < b.place : a.at < b.at;
}

export function seconds(ms: number): string {
  return `${ms / 1000}s`;
}
