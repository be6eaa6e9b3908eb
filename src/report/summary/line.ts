import type { Instant } from '../../clock/instant';
import type { Event } from '../../timeline/event';

/** One line of a pod's life as it is told to people. */
export interface Line {
  readonly at: Instant;
  /** Whom it is about: a container, `pod`, or `test` for what the test did. */
  readonly who: string;
  /** An event's reason, or a word of our own in lower case. */
  readonly what: string;
  readonly text: string;
  /** What it tells; events that are one thing to a reader share a line. */
  readonly events: readonly Event[];
  /** True for what happens in any pod's life and explains nothing. */
  readonly routine: boolean;
}
