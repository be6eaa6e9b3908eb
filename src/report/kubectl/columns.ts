/**
 * Columns of rows that are printed one by one. A column grows if a cell needs it, and never shrinks.
 *
 * Source: kubectl cmd/get, whose tab writer remembers the widths it has seen.
 */
export class Columns {
  readonly #header: readonly string[];
  readonly #gap: number;
  readonly #widths: number[] = [];
  #isHeaded = false;

  /** Creates columns. Each text in `least` gives the minimum width of its column. */
  constructor(header: readonly string[], gap: number, least: readonly string[] = []) {
    this.#header = header;
    this.#gap = gap;
    this.#widen(least);
  }

  /** Returns a row as a line, with the header before the first row. */
  print(row: readonly string[]): readonly string[] {
    const rows = this.#isHeaded ? [row] : [this.#header, row];
    this.#isHeaded = true;
    for (const each of rows) this.#widen(each);
    return rows.map((each) => this.#pad(each));
  }

  #widen(row: readonly string[]): void {
    for (const [column, { length }] of row.entries())
      this.#widths[column] = Math.max(this.#widths[column] ?? 0, length);
  }

  #pad(row: readonly string[]): string {
    const last = row.length - 1;
    const padded = row.map((cell, column) =>
      column < last ? cell.padEnd((this.#widths[column] ?? 0) + this.#gap) : cell,
    );
    return padded.join('');
  }
}
