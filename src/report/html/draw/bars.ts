import type { Axis } from '../../chart/axis';
import type { Bar } from '../../chart/chart';
import { MARGIN } from './layout';
import { h, type Node } from './node';
import { measureText, px, type Room, rectangle } from './shapes';

const BAR_HEIGHT = 14;

/** The visible part of a bar. */
export interface PlacedBar {
  readonly bar: Bar;
  readonly from: number;
  readonly width: number;
  /** Left edge of the label. Undefined if the label does not fit. */
  readonly labelAt: number | undefined;
}

/** Places a bar on an axis. Returns undefined if no part of the bar is visible. */
export function placeBar(bar: Bar, axis: Axis): PlacedBar | undefined {
  const from = Math.max(axis.x(bar.from), -MARGIN);
  const to = Math.min(axis.x(bar.to), axis.width + MARGIN);
  if (to < 0 || from > axis.width) return undefined;
  const needed = measureText(bar.label) + 6;
  const room = splitAtCuts({ from: Math.max(from, 0), to }, axis).find((one) => one.to - one.from >= needed);
  return { bar, from, width: Math.max(1.5, to - from), labelAt: room && room.from + 4 };
}

/** Splits a stretch at the cuts of the axis. */
function splitAtCuts({ from, to }: Room, axis: Axis): readonly Room[] {
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

/** Returns the fill of hatched bars. Its ID is unique in the document, because browsers look IDs up in all of it. */
export function drawHatching(pattern: string): Node {
  return h(
    'pattern',
    { id: pattern, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    h('rect', { class: 'hatch-ground', width: 6, height: 6 }),
    h('rect', { class: 'hatch-line', width: 2.5, height: 6 }),
  );
}
