/** Where a command reads and writes; results go to `out`, and only they. */
export interface Console {
  readonly in: AsyncIterable<Buffer | string>;
  out(line: string): void;
  err(line: string): void;
  /** Asks a question that yes or no answers; there on a terminal alone. */
  ask?(question: string): Promise<boolean>;
}
