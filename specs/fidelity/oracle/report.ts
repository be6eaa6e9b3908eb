import type { Verdict } from './verdict';

/** Returns the result of a case on one version as one line, with its differences. */
export function lineOf({ name, kubernetes, kind, why }: Verdict, isLong = false): string {
  if (kind === 'same') return `${name} ${kubernetes}: same`;
  const shown = isLong ? why : why.slice(0, 1);
  const more = why.length > shown.length ? ` (and ${why.length - shown.length} more)` : '';
  return `${name} ${kubernetes}: ${kind}: ${shown.join('\n    ')}${more}`;
}

/** Returns the last line: the numbers of cases that are equal, differ only in timing, and differ. */
export function totalLine(verdicts: readonly Verdict[]): string {
  const count = (kind: Verdict['kind']) => verdicts.filter((verdict) => verdict.kind === kind).length;
  const unplayed = count('not scriptable');
  const more = unplayed > 0 ? `, ${unplayed} not scriptable` : '';
  return `oracle: ${count('same')} same, ${count('timing')} timing, ${count('differs')} differ${more}`;
}
