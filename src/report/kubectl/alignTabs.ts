/**
 * Lays out lines whose cells end in tabs: a cell is as wide as the widest of its column in the adjoining lines that
 * have one, and `gap` more. What follows a line's last tab is no cell, and ends where it ends.
 *
 * Source: Go text/tabwriter, as kubectl uses it.
 */
export function alignTabs(lines: readonly string[], gap: number): readonly string[] {
  const rows = lines.map((line) => line.split('\t'));
  const columns = Math.max(0, ...rows.map(({ length }) => length - 1));
  for (let column = 0; column < columns; column += 1) {
    for (const block of blocks(rows, (row) => row.length - 1 > column)) {
      const width = Math.max(...block.map((row) => (row[column] ?? '').length)) + gap;
      for (const row of block) row[column] = (row[column] ?? '').padEnd(width);
    }
  }
  return rows.map((row) => row.join(''));
}

/** The longest runs of rows of which that is true. */
function blocks<Row>(rows: readonly Row[], isIn: (row: Row) => boolean): readonly Row[][] {
  const found: Row[][] = [[]];
  for (const row of rows) {
    if (isIn(row)) found.at(-1)?.push(row);
    else found.push([]);
  }
  return found.filter(({ length }) => length > 0);
}
