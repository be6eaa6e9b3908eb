import { type Axis, formatClock, formatInstant } from '../../chart/axis';
import type { Chart, Dot, Lane } from '../../chart/chart';
import type { Layout } from '../draw/layout';

const NEAR_PIXELS = 7;

interface HitPoint {
  readonly x: number;
  readonly y: number;
}

/** Text for the element at a point. */
export interface Hit {
  readonly title: string;
  readonly text: string;
  /** Instant of the element. Undefined for bars and cuts. */
  readonly at?: number;
}

/** Finds the element at a point. */
export function findHit({ x, y }: HitPoint, layout: Layout, axis: Axis, picture: Chart): Hit | undefined {
  const cut = axis.cuts.find((one) => one.x <= x && x <= one.x + one.width)?.cut;
  if (cut) {
    const length = formatClock(Math.round((cut.to - cut.from) / 100) * 100);
    const text = cut.isSkipped ? 'skipped: nothing could change in this time' : 'not shown: no events in this time';
    return { title: length, text };
  }
  const lane = layout.placed.find(({ top, bottom }) => top <= y && y < bottom)?.lane;
  if (!lane) return undefined;
  return findFlag(lane, x, axis) ?? findDot(lane, x, axis, picture.tips) ?? findBar(lane, axis.at(x));
}

function findFlag({ flags }: Lane, x: number, axis: Axis): Hit | undefined {
  const near = findNearest(flags, ({ at }) => Math.abs(axis.x(at) - x));
  return near && { title: formatInstant(near.at), text: near.tip, at: near.at };
}

function findDot({ title, dots }: Lane, x: number, axis: Axis, tips: readonly string[]): Hit | undefined {
  const near = findNearest(dots, ([at]) => Math.abs(axis.x(at) - x));
  return (
    near && { title: `${formatInstant(near[0])} ${title}`, text: `${tips[near[2]]} (${formatTook(near)})`, at: near[0] }
  );
}

function formatTook([, , , tookMs]: Dot): string {
  return `took ${tookMs < 1000 ? `${Math.round(tookMs)}ms` : formatClock(Math.round(tookMs / 10) * 10)}`;
}

function findBar({ bars }: Lane, at: number): Hit | undefined {
  const bar = bars.find(({ from, to }) => from <= at && at <= to);
  return bar && { title: `${formatInstant(bar.from)} to ${formatInstant(bar.to)}`, text: bar.tip };
}

function findNearest<Item>(items: readonly Item[], distance: (item: Item) => number): Item | undefined {
  let best: Item | undefined;
  let least = NEAR_PIXELS;
  for (const item of items) {
    const far = distance(item);
    if (far <= least) [best, least] = [item, far];
  }
  return best;
}
