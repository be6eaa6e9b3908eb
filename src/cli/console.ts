import type { Paint } from '../gate/formats/paint';
import type { Screen } from './gate/progress';

/** Where a command reads and writes; results go to `out`, and only they. */
export interface Console {
  readonly in: AsyncIterable<Buffer | string>;
  out(line: string): void;
  err(line: string): void;
  /** Asks a question that yes or no answers; there on a terminal alone. */
  ask?(question: string): Promise<boolean>;
  /** Gives a text for `out` its color; absent where there is none. */
  readonly paint?: Paint;
  /** Where progress is drawn in place of being told to `err`; there on a terminal alone. */
  screen?(): Promise<Screen>;
}
