/**
 * Aligns lines whose cells end in tabs. A cell is as wide as the widest cell of its column in the adjacent lines that
 * have the column, plus `gap`; the text after the last tab is not aligned.
 *
 * Source: Go text/tabwriter, as kubectl uses it.
 */
export function alignTabs(lines: readonly string[], gap: number): readonly string[] {
  const rows = lines.map((line) => line.split('\t'));
  const columns = Math.max(0, ...rows.map(({ length }) => length - 1));
  for (let column = 0; column < columns; column += 1) {
    for (const block of groupAdjacent(rows, (row) => row.length - 1 > column)) {
      const width = Math.max(...block.map((row) => (row[column] ?? '').length)) + gap;
      for (const row of block) row[column] = (row[column] ?? '').padEnd(width);
    }
  }
  return rows.map((row) => row.join(''));
}

/** Returns the runs of adjacent rows that match. */
function groupAdjacent<Row>(rows: readonly Row[], isIn: (row: Row) => boolean): readonly Row[][] {
  const found: Row[][] = [[]];
  for (const row of rows) {
    if (isIn(row)) found.at(-1)?.push(row);
    else found.push([]);
  }
  return found.filter(({ length }) => length > 0);
}
