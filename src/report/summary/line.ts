import type { Instant } from '../../clock/instant';
import type { Event } from '../../timeline/event';

/** One line in the summary of a pod's life. */
export interface Line {
  readonly at: Instant;
  /** Its subject: a container, `pod`, or `test` for an action of the test. */
  readonly who: string;
  /** An event's reason, or a word of our own in lower case. */
  readonly what: string;
  readonly text: string;
  /** What it tells; events that are one thing to a reader share a line. */
  readonly events: readonly Event[];
  /** True for what happens in any pod's life and explains nothing. */
  readonly routine: boolean;
}
