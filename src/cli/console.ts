/** Where a command reads and writes; results go to `out`, and only they. */
export interface Console {
  readonly in: AsyncIterable<Buffer | string>;
  out(line: string): void;
  err(line: string): void;
}
