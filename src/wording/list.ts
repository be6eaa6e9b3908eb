/** Returns the items as an English list: `a, b, and c`, or with `or` before the last. */
export function formatList(items: Iterable<string>, before: 'and' | 'or' = 'and'): string {
  return new Intl.ListFormat('en', { type: before === 'and' ? 'conjunction' : 'disjunction' }).format(items);
}
