import type { Paint } from '../gate/formats/paint';
import type { Screen } from './gate/progress';

/** Where a command reads and writes; results go to `out`, and only they. */
export interface Console {
  readonly in: AsyncIterable<Buffer | string>;
  out(line: string): void;
  err(line: string): void;
  /** Prints to the standard output what is our own, or made for a program by one of the formats. */
  data(text: string): void;
  /** Shows nothing any more of what `hide` takes out of a text. */
  hide?(hide: (text: string) => string): void;
  /** Asks a question that yes or no answers; there on a terminal alone. */
  ask?(question: string): Promise<boolean>;
  /** Asks a question that a text answers, empty for the default; there on a terminal alone. */
  askText?(question: string): Promise<string>;
  /** Gives a text for `out` its color; absent where there is none. */
  readonly paint?: Paint;
  /** Tells when somebody asks for an end, as by Ctrl-C, in place of ending, until what is returned is called. */
  onInterrupt?(listener: () => void): () => void;
  /** Calls the listener once nothing more can be printed to the standard output, until what is returned is called. */
  onOutputLost?(listener: () => void): () => void;
  /** Tells of each key by its name, `f` or `tab`, until what is returned is called; there on a terminal alone. */
  onKey?(listener: (key: string) => void): () => void;
  /** Where progress is drawn in place of being told to `err`; there on a terminal alone. */
  screen?(): Promise<Screen>;
}
