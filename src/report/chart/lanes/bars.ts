import type { Bar } from '../chart';

/** Something that begins, and lasts until the next of its kind does. */
export type Begun = Omit<Bar, 'to'>;

/** Each lasts until the next begins, the last until `end`; `gone` is not drawn. */
export function barsOf(begun: readonly Begun[], end: number): readonly Bar[] {
  const changes = begun.filter((one, index) => !isSame(one, begun[index - 1]));
  return changes
    .map((one, index): Bar => ({ ...one, to: changes[index + 1]?.from ?? end }))
    .filter(({ look, from, to }) => look !== 'gone' && to > from);
}

function isSame(one: Begun, before: Begun | undefined): boolean {
  return one.look === before?.look && one.label === before.label && one.tip === before.tip;
}
