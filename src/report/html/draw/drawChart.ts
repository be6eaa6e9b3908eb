import type { Axis } from '../../chart/axis';
import { formatClock } from '../../chart/axis';
import type { Chart, Lane } from '../../chart/chart';
import { drawBar, drawHatching, placeBar } from './bars';
import { drawCaptions, drawFlagLines } from './captions';
import { drawCut, type EdgeText } from './cuts';
import { drawDots } from './dots';
import { AXIS_HEIGHT, type LaneHead, MARGIN, needsCaption, type PlacedLane, placeLanes } from './layout';
import { type Element, h, type Node } from './node';
import { box, line, measureText, px } from './shapes';

/** Visible part of a chart: its lanes, its width and its axis. */
export interface Drawing {
  readonly picture: Chart;
  readonly lanes: readonly Lane[];
  readonly width: number;
  readonly axis: Axis;
}

/** Returns a chart as SVG. */
export function drawChart({ picture, lanes, width, axis }: Drawing): Element {
  const { gutter, isNarrow, placed, heads, height } = placeLanes(lanes, width);
  const clip = `clip-${picture.id}`;
  const pattern = `hatch-${picture.id}`;
  const obstacles = [
    ...heads.map((head) => getHeadArea(head, width, gutter)),
    ...(isNarrow ? placed.map((lane) => getTitleArea(lane, gutter)) : []),
  ];
  return h(
    'svg',
    {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      class: 'picture',
      role: 'img',
      'aria-label': `Timeline of pod ${picture.name} over ${formatClock(picture.end)}: its status, containers, probes, hooks and signals. The list of events below contains the same as text.`,
    },
    h('defs', {}, drawHatching(pattern), h('clipPath', { id: clip }, box(-MARGIN, 0, axis.width + 2 * MARGIN, height))),
    h(
      'g',
      { transform: `translate(${gutter} 0)` },
      h(
        'g',
        { 'clip-path': `url(#${clip})` },
        axis.ticks.map(({ x }) => line('grid', x, AXIS_HEIGHT - 4, height)),
        placed.flatMap((one) => drawLane(one, axis, { pattern, isNarrow })),
        axis.cuts.map((cut) => drawCut(cut, axis, height, obstacles)),
      ),
      drawTicks(axis),
    ),
    ...heads.map((head) => drawHead(head, width)),
    ...placed.map((one) => drawTitle(one, isNarrow, gutter)),
  );
}

/** Draws the labels of the axis. The label at the end stays inside the chart, so the one before it may not fit. */
function drawTicks(axis: Axis): readonly Node[] {
  const last = axis.ticks.at(-1);
  return axis.ticks.flatMap(({ x, label }) => {
    const anchor = anchorTick(x, axis);
    const end = x + measureText(label) / 2;
    const isCovered =
      last && last.x !== x && anchorTick(last.x, axis) === 'end' && end > last.x - measureText(last.label);
    return isCovered ? [] : [h('text', { class: 'tick', x: px(x), y: 14, 'text-anchor': anchor }, label)];
  });
}

function anchorTick(x: number, axis: Axis): 'start' | 'middle' | 'end' {
  if (x < 12) return 'start';
  return x > axis.width - 24 ? 'end' : 'middle';
}

const HEAD_CHARACTER_WIDTH = 9;

function formatHead(title: string, width: number): string {
  const most = Math.floor(width / HEAD_CHARACTER_WIDTH);
  return title.length > most ? `${title.slice(0, most - 1)}…` : title;
}

/** Draws the name of a container above its lanes. */
function drawHead({ title, top }: LaneHead, width: number): Element {
  const text = formatHead(title, width);
  return h('g', {}, line('rule', 0, top + 4, top + 4, width), h('text', { class: 'head', x: 0, y: top + 19 }, text));
}

/** Returns the area of a container's name, from the left edge of the axis. */
function getHeadArea({ title, top }: LaneHead, width: number, gutter: number): EdgeText {
  const text = formatHead(title, width);
  return { right: measureText(text, true) * 1.3 - gutter, top: top + 4, bottom: top + 24 };
}

function formatTitle({ kind, title }: Lane): string {
  return kind === 'state' ? 'state' : title;
}

function drawTitle({ lane, top, middle }: PlacedLane, isNarrow: boolean, gutter: number): Element {
  const text = formatTitle(lane);
  return isNarrow
    ? h('text', { class: 'title', x: 0, y: top + 11 }, text)
    : h('text', { class: 'title', x: gutter - 10, y: middle + 4, 'text-anchor': 'end' }, text);
}

/** Returns the area of a title above its lane, from the left edge of the axis. */
function getTitleArea({ lane, top }: PlacedLane, gutter: number): EdgeText {
  return { right: measureText(formatTitle(lane)) - gutter, top, bottom: top + 14 };
}

interface LaneOptions {
  readonly pattern: string;
  readonly isNarrow: boolean;
}

function drawLane({ lane, middle }: PlacedLane, axis: Axis, { pattern, isNarrow }: LaneOptions): readonly Node[] {
  const bars = lane.bars.map((bar) => placeBar(bar, axis)).filter((placed) => placed !== undefined);
  const unlabelled = bars.filter(({ bar, labelAt }) => labelAt === undefined && needsCaption(bar, lane));
  const captions = unlabelled
    // The longest bars come first, because not all captions may fit.
    .toSorted((a, b) => b.width - a.width)
    .map(({ bar: { from, look, label } }) => ({ at: from, look, label }))
    .filter(({ at }) => !lane.flags.some((flag) => flag.at === at));
  const taken = isNarrow ? [{ from: -MARGIN, to: measureText(formatTitle(lane)) }] : [];
  return [
    line('rail', 0, middle, middle, axis.width),
    ...bars.flatMap((placed) => drawBar(placed, middle, pattern)),
    ...drawDots(lane.dots, middle, axis),
    // Dots already mark the instants of the flags.
    ...(lane.dots.length > 0 ? [] : drawFlagLines(lane.flags, middle, axis)),
    ...drawCaptions([...lane.flags, ...captions], middle, axis, taken),
  ];
}
