import type { Axis } from '../../chart/axis';
import type { Flag } from '../../chart/chart';
import { h, type Node } from './node';
import { measureText, px, type Room, rectangle } from './shapes';

/** Captions of instants that are closer together share one text. */
const SAME_PLACE = 6;

/** Maximum distance between a caption and its instant. */
const DISTANCE_MAX = 40;

/** Text above a lane. */
export type Caption = Pick<Flag, 'at' | 'look' | 'label'>;

function isVisible({ at }: Caption, axis: Axis): boolean {
  const x = axis.x(at);
  return x > -4 && x < axis.width + 4;
}

/** Draws a vertical line at the instant of each flag. */
export function drawFlagLines(flags: readonly Flag[], middle: number, axis: Axis): readonly Node[] {
  return flags
    .filter((flag) => isVisible(flag, axis))
    .map(({ at, look }) => h('rect', { class: `flag ${look}`, ...rectangle(axis.x(at) - 1, middle - 9, 2.5, 18) }));
}

/** Draws the captions of a lane that fit beside what is `taken`. Failures come first, because not all may fit. */
export function drawCaptions(
  captions: readonly Caption[],
  middle: number,
  axis: Axis,
  taken: readonly Room[],
): readonly Node[] {
  const full = [...taken, ...axis.cuts.map(({ x, width }) => ({ from: x, to: x + width }))];
  const visible = captions.filter((caption) => isVisible(caption, axis));
  return mergeClose(visible, axis)
    .toSorted((a, b) => Number(b.look === 'bad') - Number(a.look === 'bad'))
    .flatMap(({ at, look, label }): readonly Node[] => {
      const width = measureText(label, look === 'bad') + 2;
      const x = findPlace(axis.x(at) - 2, width, full, axis.width);
      if (x === undefined) return [];
      full.push({ from: x, to: x + width + 4 });
      return [h('text', { class: `caption ${look}`, x: px(x), y: middle - 11 }, label)];
    });
}

/** Finds the free place nearest to an instant: at it, behind the captions in the way, or before it. */
function findPlace(x: number, width: number, full: readonly Room[], end: number): number | undefined {
  const first = Math.max(0, Math.min(x, end - width));
  const behind = full.filter(({ from, to }) => from < first + width && first < to).map(({ to }) => to + 2);
  const near = behind.filter((place) => place - x < DISTANCE_MAX && place + width <= end);
  const places = [first, ...near, x + 6 - width];
  return places.find((place) => place >= 0 && !full.some(({ from, to }) => place < to && from < place + width));
}

/** Merges the captions of one place into one text, in the order of their instants. */
function mergeClose(captions: readonly Caption[], axis: Axis): readonly Caption[] {
  const groups: Caption[][] = [];
  for (const caption of captions) {
    const group = groups.find(([first]) => first && Math.abs(axis.x(first.at) - axis.x(caption.at)) < SAME_PLACE);
    if (group) group.push(caption);
    else groups.push([caption]);
  }
  return groups.map(merge).filter((caption) => caption !== undefined);
}

function merge(captions: readonly Caption[]): Caption | undefined {
  const inOrder = captions.toSorted((a, b) => a.at - b.at);
  const [first] = inOrder;
  const label = [...new Set(inOrder.map((caption) => caption.label))].join(', ');
  return first && { ...(inOrder.find(({ look }) => look === 'bad') ?? first), label };
}
