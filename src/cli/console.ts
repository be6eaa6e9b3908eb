import type { Paint } from '../gate/formats/paint';
import type { Screen } from './gate/progress';

/** Input and output of a command. Only results go to `out`. */
export interface Console {
  readonly in: AsyncIterable<Buffer | string>;
  out(line: string): void;
  err(line: string): void;
  /** Prints our own text, or the output of a format for programs, to stdout without escaping. */
  data(text: string): void;
  /** Applies `hide` to all text that is printed from now on. */
  hide?(hide: (text: string) => string): void;
  /** Asks a yes-or-no question. undefined without a terminal. */
  ask?(question: string): Promise<boolean>;
  /** Asks for a text. An empty answer selects the default. undefined without a terminal. */
  askText?(question: string): Promise<string>;
  /** Colors a text for `out`. undefined without colors. */
  readonly paint?: Paint;
  /** Calls the listener on Ctrl-C, which then does not end the process. Returns a function that stops that. */
  onInterrupt?(listener: () => void): () => void;
  /** Calls the listener once stdout is closed. Returns a function that stops that. */
  onOutputLost?(listener: () => void): () => void;
  /** Calls the listener with the name of each key, such as `tab`. Returns a function that stops that. undefined without a terminal. */
  onKey?(listener: (key: string) => void): () => void;
  /** Screen for live progress instead of lines on `err`. undefined without a terminal. */
  screen?(): Promise<Screen>;
}
