const RESULTS = ['right', 'wrong', 'no result'];

/** Returns the counts of each kind of case as a Markdown table, with the sums last. */
export function tableOf(results) {
  const kinds = [...new Set(results.map(({ kind }) => kind))].toSorted();
  const rows = [...kinds.map((kind) => [kind, results.filter((one) => one.kind === kind)]), ['**all**', results]];
  const head = ['case', ...RESULTS];
  return [head, head.map(() => '---'), ...rows.map(([name, all]) => [name, ...RESULTS.map((one) => count(all, one))])]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

export function count(results, result) {
  return results.filter((one) => one.result === result).length;
}
