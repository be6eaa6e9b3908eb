import type { Instant } from '../../clock/instant';
import type { Event } from '../../timeline/event';

/** Line in the summary of a pod run. */
export interface Line {
  /** When it happened. */
  readonly at: Instant;
  /** Subject: a container, `pod`, or `test` for an action of the test. */
  readonly who: string;
  /** Reason of an event, or a word of our own in lowercase. */
  readonly what: string;
  /** Details in a sentence or a few words. */
  readonly text: string;
  /** Events of the line. Related events share a line. */
  readonly events: readonly Event[];
  /** True if this happens in every pod run and explains nothing. */
  readonly isRoutine: boolean;
}
