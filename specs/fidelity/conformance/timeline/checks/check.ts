import { after, CREATED, type Instant } from '../../../../../src/clock/instant';
import type { Record } from '../record';

/** When a run ends of which nobody says how long it is watched; and how long something is waited for that has not begun. */
export const UNNAMED_END: Instant = after(CREATED, 600_000);

/** What a check comes to on a record. */
export interface Judgement {
  readonly holds: boolean;
  /** More time would change nothing. */
  readonly final: boolean;
}

/** One line of a timeline's `then`. */
export interface Check {
  judge(record: Record): Judgement;
  /** Until when it is to be watched, as far as it names a time and that is known; undefined where it names none. */
  endsAt(record: Record): Instant | undefined;
  /** Only the end of the run decides it: what is checked then, what must never happen. */
  readonly atEnd: boolean;
  /** What is on record about it, in the words of a failure. */
  received(record: Record): string;
}
