import type { Bar } from '../chart';

/** A bar that lasts until the next one starts. */
export type OpenBar = Omit<Bar, 'to'>;

/** Ends each bar where the next one starts, and the last one at `end`. Bars that look `gone` are left out. */
export function closeBars(open: readonly OpenBar[], end: number): readonly Bar[] {
  const changes = open.filter((one, index) => !isSame(one, open[index - 1]));
  return changes
    .map((one, index): Bar => ({ ...one, to: changes[index + 1]?.from ?? end }))
    .filter(({ look, from, to }) => look !== 'gone' && to > from);
}

function isSame(one: OpenBar, before: OpenBar | undefined): boolean {
  return one.look === before?.look && one.label === before.label && one.tip === before.tip;
}
