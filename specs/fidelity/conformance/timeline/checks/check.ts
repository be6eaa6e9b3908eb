import { after, CREATED, type Instant } from '../../../../../src/clock/instant';
import type { Record } from '../record';

/** When a run ends of which nobody says how long it is watched; and how long something is waited for that has not begun. */
export const UNNAMED_END: Instant = after(CREATED, 600_000);

/** The result of a check on a record. */
export interface Judgement {
  readonly holds: boolean;
  /** True if more time would not change the result. */
  readonly final: boolean;
}

/** One line of a timeline's `then`. */
export interface Check {
  judge(record: Record): Judgement;
  /** Returns the end of the time that the check names, or undefined if it names none or the end is not known yet. */
  endsAt(record: Record): Instant | undefined;
  /** True if only the end of the run decides the check, for example because something must never happen. */
  readonly atEnd: boolean;
  /** Returns the recorded values for a failure. */
  received(record: Record): string;
}
