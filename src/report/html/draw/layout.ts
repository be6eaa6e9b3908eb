import type { Bar, Lane } from '../../chart/chart';

/** Above the lanes. */
export const AXIS_HEIGHT = 26;
const HEAD_HEIGHT = 24;
const LANE_HEIGHT = 20;
const CAPTION_HEIGHT = 14;
const NARROW = 600;
/** Beside the axis. */
export const MARGIN = 7;

/** Where a lane is drawn. */
export interface Placed {
  readonly lane: Lane;
  readonly top: number;
  readonly bottom: number;
  /** The middle of its bars and dots. */
  readonly middle: number;
}

export interface Layout {
  readonly gutter: number;
  readonly narrow: boolean;
  readonly placed: readonly Placed[];
  readonly heads: readonly { readonly title: string; readonly top: number }[];
  readonly height: number;
}

/** Where there is little room the titles stand above the lanes. */
function isNarrow(width: number): boolean {
  return width < NARROW;
}

/** Where the axis begins, and how wide it is: what happens at its ends is seen whole. */
export function plotIn(width: number): { readonly gutter: number; readonly plot: number } {
  const gutter = isNarrow(width) ? MARGIN : 132;
  return { gutter, plot: Math.max(1, width - gutter - MARGIN) };
}

/** Where everything goes: the pod's own lanes, then those of each container under its name. */
export function layOut(lanes: readonly Lane[], width: number): Layout {
  const narrow = isNarrow(width);
  const heads: { title: string; top: number }[] = [];
  let top = AXIS_HEIGHT;
  let group: string | undefined;
  const placed = lanes.map((lane): Placed => {
    if (lane.container !== group && lane.container !== undefined) {
      heads.push({ title: lane.container, top });
      top += HEAD_HEIGHT;
    }
    group = lane.container;
    const begin = top;
    top += (narrow || hasCaptions(lane) ? CAPTION_HEIGHT : 0) + LANE_HEIGHT;
    return { lane, top: begin, bottom: top, middle: top - LANE_HEIGHT / 2 };
  });
  return { gutter: plotIn(width).gutter, narrow, placed, heads, height: top + 6 };
}

function hasCaptions(lane: Lane): boolean {
  return lane.flags.length > 0 || lane.bars.some((bar) => isWorthAWord(bar, lane));
}

/** Whether a bar's label is to be read though it is too short to be written into. */
export function isWorthAWord({ look }: Bar, { kind }: Lane): boolean {
  return look === 'bad' || look === 'warn' || kind === 'hook';
}
