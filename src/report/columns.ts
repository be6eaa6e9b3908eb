/** Pads every cell but a row's last to the widest of its column; `gap` spaces between columns, none at a row's end. */
export function inColumns(rows: readonly (readonly string[])[], gap: number): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  const pad = (cell: string, column: number) => cell.padEnd((widths[column] ?? 0) + gap);
  return rows.map((row) => row.map(pad).join('').trimEnd());
}
