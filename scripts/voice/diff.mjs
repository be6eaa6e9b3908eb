/** Returns the lines that a diff without context adds, by file. */
export function parseDiff(diff) {
  const added = new Map();
  let file;
  for (const row of diff.split('\n')) {
    if (row.startsWith('+++ b/')) file = row.slice('+++ b/'.length);
    const [, from, count = '1'] = row.match(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/) ?? [];
    if (from === undefined) continue;
    if (!added.has(file)) added.set(file, new Set());
    for (let line = 0; line < Number(count); line += 1) added.get(file).add(Number(from) + line);
  }
  return added;
}
