import { type Axis, clock, formatInstant } from '../../chart/axis';
import type { Chart, Dot, Lane } from '../../chart/chart';
import type { Layout } from '../draw/layout';

const NEAR_PIXELS = 7;

interface HitPoint {
  readonly x: number;
  readonly y: number;
}

/** What is drawn at a point. */
export interface Hit {
  readonly title: string;
  readonly text: string;
  /** When that was; absent for what lasts. */
  readonly at?: number;
}

/** What is said of what is drawn at a point. */
export function hitAt({ x, y }: HitPoint, layout: Layout, axis: Axis, picture: Chart): Hit | undefined {
  const cut = axis.cuts.find((one) => one.x <= x && x <= one.x + one.width)?.cut;
  if (cut) {
    const length = clock(Math.round((cut.to - cut.from) / 100) * 100);
    const text = cut.skipped
      ? 'skipped: nothing could change, so the clock was put forward'
      : 'left out: nothing happened';
    return { title: length, text };
  }
  const lane = layout.placed.find(({ top, bottom }) => top <= y && y < bottom)?.lane;
  if (!lane) return undefined;
  return flagAt(lane, x, axis) ?? dotAt(lane, x, axis, picture.tips) ?? barAt(lane, axis.at(x));
}

function flagAt({ flags }: Lane, x: number, axis: Axis): Hit | undefined {
  const near = nearest(flags, ({ at }) => Math.abs(axis.x(at) - x));
  return near && { title: formatInstant(near.at), text: near.tip, at: near.at };
}

function dotAt({ title, dots }: Lane, x: number, axis: Axis, tips: readonly string[]): Hit | undefined {
  const near = nearest(dots, ([at]) => Math.abs(axis.x(at) - x));
  return near && { title: `${formatInstant(near[0])} ${title}`, text: `${tips[near[2]]}; ${took(near)}`, at: near[0] };
}

function took([, , , tookMs]: Dot): string {
  return `took ${tookMs < 1000 ? `${Math.round(tookMs)}ms` : clock(Math.round(tookMs / 10) * 10)}`;
}

function barAt({ bars }: Lane, at: number): Hit | undefined {
  const bar = bars.find(({ from, to }) => from <= at && at <= to);
  return bar && { title: `${formatInstant(bar.from)} to ${formatInstant(bar.to)}`, text: bar.tip };
}

function nearest<Thing>(things: readonly Thing[], distance: (thing: Thing) => number): Thing | undefined {
  let best: Thing | undefined;
  let least = NEAR_PIXELS;
  for (const thing of things) {
    const far = distance(thing);
    if (far <= least) [best, least] = [thing, far];
  }
  return best;
}
