import type { Instant } from '../../../../src/clock/instant';

/** A point in the record: its time, and its place among all that was recorded, which also orders one instant. */
export interface Moment {
  readonly at: Instant;
  readonly place: number;
}

/** Before everything that happens at `at`. */
export function beginningOf(at: Instant): Moment {
  return { at, place: Number.NEGATIVE_INFINITY };
}

/** After everything that happens at `at`. */
export function endOf(at: Instant): Moment {
  return { at, place: Number.POSITIVE_INFINITY };
}

export function isBefore(a: Moment, b: Moment): boolean {
  return a.at === b.at ? a.place < b.place : a.at < b.at;
}

export function seconds(ms: number): string {
  return `${ms / 1000}s`;
}
