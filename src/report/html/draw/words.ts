import type { Axis } from '../../chart/axis';
import type { Flag } from '../../chart/chart';
import { h, type Node } from './node';
import { px, type Room, rectangle, widthOf } from './shapes';

/** So close together two words are about one thing. */
const SAME_PLACE = 6;

/** So far from its instant a word may stand. */
const FAR = 40;

/** What is written above a lane. */
export type Word = Pick<Flag, 'at' | 'look' | 'label'>;

function isSeen({ at }: Word, axis: Axis): boolean {
  const x = axis.x(at);
  return x > -4 && x < axis.width + 4;
}

/** A line at each instant. */
export function drawLines(flags: readonly Flag[], middle: number, axis: Axis): readonly Node[] {
  return flags
    .filter((flag) => isSeen(flag, axis))
    .map(({ at, look }) => h('rect', { class: `flag ${look}`, ...rectangle(axis.x(at) - 1, middle - 9, 2.5, 18) }));
}

/** The words above a lane, where there is room beside what is `taken`; what is bad goes before the rest. */
export function drawWords(words: readonly Word[], middle: number, axis: Axis, taken: readonly Room[]): readonly Node[] {
  const full = [...taken, ...axis.cuts.map(({ x, width }) => ({ from: x, to: x + width }))];
  const seen = words.filter((word) => isSeen(word, axis));
  return together(seen, axis)
    .toSorted((a, b) => Number(b.look === 'bad') - Number(a.look === 'bad'))
    .flatMap(({ at, look, label }): readonly Node[] => {
      const width = widthOf(label, look === 'bad') + 2;
      const x = placeFor(axis.x(at) - 2, width, full, axis.width);
      if (x === undefined) return [];
      full.push({ from: x, to: x + width + 4 });
      return [h('text', { class: `caption ${look}`, x: px(x), y: middle - 11 }, label)];
    });
}

/** As near as can be: from its instant on, behind what is in the way there, else up to it. */
function placeFor(x: number, width: number, full: readonly Room[], end: number): number | undefined {
  const first = Math.max(0, Math.min(x, end - width));
  const behind = full.filter(({ from, to }) => from < first + width && first < to).map(({ to }) => to + 2);
  const near = behind.filter((place) => place - x < FAR && place + width <= end);
  const places = [first, ...near, x + 6 - width];
  return places.find((place) => place >= 0 && !full.some(({ from, to }) => place < to && from < place + width));
}

/** What falls into one place is said in one breath, in its order. */
function together(words: readonly Word[], axis: Axis): readonly Word[] {
  const groups: Word[][] = [];
  for (const word of words) {
    const group = groups.find(([first]) => first && Math.abs(axis.x(first.at) - axis.x(word.at)) < SAME_PLACE);
    if (group) group.push(word);
    else groups.push([word]);
  }
  return groups.map(joined).filter((word) => word !== undefined);
}

function joined(words: readonly Word[]): Word | undefined {
  const inOrder = words.toSorted((a, b) => a.at - b.at);
  const [first] = inOrder;
  const label = [...new Set(inOrder.map((word) => word.label))].join(', ');
  return first && { ...(inOrder.find(({ look }) => look === 'bad') ?? first), label };
}
