import type { Bar, Lane } from '../../chart/chart';

/** Height of the axis above the lanes. */
export const AXIS_HEIGHT = 26;
const HEAD_HEIGHT = 24;
const LANE_HEIGHT = 20;
const CAPTION_HEIGHT = 14;
const NARROW_WIDTH = 600;
/** Space at both ends of the axis. */
export const MARGIN = 7;

/** A lane and its place in the chart. */
export interface PlacedLane {
  readonly lane: Lane;
  readonly top: number;
  readonly bottom: number;
  /** Vertical middle of the bars and dots. */
  readonly middle: number;
}

export interface Layout {
  readonly gutter: number;
  /** True if the titles are above the lanes, because there is no room beside them. */
  readonly isNarrow: boolean;
  readonly placed: readonly PlacedLane[];
  readonly heads: readonly LaneHead[];
  readonly height: number;
}

/** The name of a container above its lanes. */
export interface LaneHead {
  readonly title: string;
  readonly top: number;
}

function isNarrowChart(width: number): boolean {
  return width < NARROW_WIDTH;
}

/** Returns the left edge and the width of the axis. A margin keeps marks at both ends visible. */
export function measurePlot(width: number): { readonly gutter: number; readonly plot: number } {
  const gutter = isNarrowChart(width) ? MARGIN : 132;
  return { gutter, plot: Math.max(1, width - gutter - MARGIN) };
}

/** Places the lanes of the pod, then the lanes of each container below its name. */
export function placeLanes(lanes: readonly Lane[], width: number): Layout {
  const isNarrow = isNarrowChart(width);
  const heads: LaneHead[] = [];
  let top = AXIS_HEIGHT;
  let group: string | undefined;
  const placed = lanes.map((lane): PlacedLane => {
    if (lane.container !== group && lane.container !== undefined) {
      heads.push({ title: lane.container, top });
      top += HEAD_HEIGHT;
    }
    group = lane.container;
    const begin = top;
    top += (isNarrow || hasCaptions(lane) ? CAPTION_HEIGHT : 0) + LANE_HEIGHT;
    return { lane, top: begin, bottom: top, middle: top - LANE_HEIGHT / 2 };
  });
  return { gutter: measurePlot(width).gutter, isNarrow, placed, heads, height: top + 6 };
}

function hasCaptions(lane: Lane): boolean {
  return lane.flags.length > 0 || lane.bars.some((bar) => needsCaption(bar, lane));
}

/** True if the label of a bar must be readable even if it does not fit into the bar. */
export function needsCaption({ look }: Bar, { kind }: Lane): boolean {
  return look === 'bad' || look === 'warn' || kind === 'hook';
}
