import type { Axis } from '../../chart/axis';
import type { Bar } from '../../chart/chart';
import { MARGIN } from './layout';
import { h, type Node } from './node';
import { px, type Room, rectangle, widthOf } from './shapes';

const BAR_HEIGHT = 14;

/** A bar as far as it is seen. */
export interface PlacedBar {
  readonly bar: Bar;
  readonly from: number;
  readonly width: number;
  /** Where its label begins; absent where there is no room for it. */
  readonly labelAt: number | undefined;
}

export function placedBar(bar: Bar, axis: Axis): PlacedBar | undefined {
  const from = Math.max(axis.x(bar.from), -MARGIN);
  const to = Math.min(axis.x(bar.to), axis.width + MARGIN);
  if (to < 0 || from > axis.width) return undefined;
  const needed = widthOf(bar.label) + 6;
  const room = uncut({ from: Math.max(from, 0), to }, axis).find((one) => one.to - one.from >= needed);
  return { bar, from, width: Math.max(1.5, to - from), labelAt: room && room.from + 4 };
}

/** What of a stretch is not left out. */
function uncut({ from, to }: Room, axis: Axis): readonly Room[] {
  const rooms: Room[] = [];
  let start = from;
  for (const { x, width } of axis.cuts) {
    if (x > to || x + width < start) continue;
    rooms.push({ from: start, to: x });
    start = x + width;
  }
  return [...rooms, { from: start, to }];
}

export function drawBar({ bar, from, width, labelAt }: PlacedBar, middle: number, pattern: string): readonly Node[] {
  const fill = bar.look === 'hatched' ? `url(#${pattern})` : undefined;
  const place = rectangle(from, middle - BAR_HEIGHT / 2, width, BAR_HEIGHT);
  const shape = h('rect', { class: `bar ${bar.look}`, ...place, rx: 2, fill });
  if (labelAt === undefined) return [shape];
  return [shape, h('text', { class: `label ${bar.look}`, x: px(labelAt), y: middle + 4 }, bar.label)];
}

/** What hatched bars are filled with. It is looked up in the whole document: each picture has one of its own. */
export function hatching(pattern: string): Node {
  return h(
    'pattern',
    { id: pattern, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    h('rect', { class: 'hatch-ground', width: 6, height: 6 }),
    h('rect', { class: 'hatch-line', width: 2.5, height: 6 }),
  );
}
