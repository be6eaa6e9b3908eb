import type { Axis } from '../../chart/axis';
import { clock } from '../../chart/axis';
import type { Chart, Lane } from '../../chart/chart';
import { drawBar, hatching, placedBar } from './bars';
import { drawDots } from './dots';
import { AXIS_HEIGHT, isWorthAWord, layOut, MARGIN, type Placed } from './layout';
import { type Element, h, type Node } from './node';
import { box, line, px, rectangle, widthOf } from './shapes';
import { drawLines, drawWords } from './words';

/** What a drawing takes in, of a picture: which lanes, how wide, seen through which axis. */
export interface Drawing {
  readonly picture: Chart;
  readonly lanes: readonly Lane[];
  readonly width: number;
  readonly axis: Axis;
}

/** The picture as SVG. */
export function drawChart({ picture, lanes, width, axis }: Drawing): Element {
  const { gutter, narrow, placed, heads, height } = layOut(lanes, width);
  const clip = `clip-${picture.id}`;
  const pattern = `hatch-${picture.id}`;
  return h(
    'svg',
    {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      class: 'picture',
      role: 'img',
      'aria-label': `The life of ${picture.name}: what its containers, probes, hooks and signals did over ${clock(picture.end)}. The story beside it says the same in words.`,
    },
    h('defs', {}, hatching(pattern), h('clipPath', { id: clip }, box(-MARGIN, 0, axis.width + 2 * MARGIN, height))),
    h(
      'g',
      { transform: `translate(${gutter} 0)` },
      h(
        'g',
        { 'clip-path': `url(#${clip})` },
        axis.ticks.map(({ x }) => line('grid', x, AXIS_HEIGHT - 4, height)),
        placed.flatMap((one) => drawLane(one, axis, { pattern, narrow })),
        axis.cuts.map((cut) => drawCut(cut, height)),
      ),
      drawTicks(axis),
    ),
    ...heads.map((head) => drawHead(head, width)),
    ...placed.map((one) => drawTitle(one, narrow, gutter)),
  );
}

function drawTicks(axis: Axis): readonly Node[] {
  return axis.ticks.map(({ x, label }) => {
    const anchor = x < 12 ? 'start' : x > axis.width - 24 ? 'end' : 'middle';
    return h('text', { class: 'tick', x: px(x), y: 14, 'text-anchor': anchor }, label);
  });
}

/** The name of a container, above its lanes. */
function drawHead({ title, top }: { readonly title: string; readonly top: number }, width: number): Element {
  const most = Math.floor(width / 9);
  const text = title.length > most ? `${title.slice(0, most - 1)}…` : title;
  return h('g', {}, line('rule', 0, top + 4, top + 4, width), h('text', { class: 'head', x: 0, y: top + 19 }, text));
}

function titleOf({ kind, title }: Lane): string {
  return kind === 'state' ? 'state' : title;
}

function drawTitle({ lane, top, middle }: Placed, narrow: boolean, gutter: number): Element {
  const text = titleOf(lane);
  return narrow
    ? h('text', { class: 'title', x: 0, y: top + 11 }, text)
    : h('text', { class: 'title', x: gutter - 10, y: middle + 4, 'text-anchor': 'end' }, text);
}

interface LaneOptions {
  readonly pattern: string;
  readonly narrow: boolean;
}

function drawLane({ lane, middle }: Placed, axis: Axis, { pattern, narrow }: LaneOptions): readonly Node[] {
  const bars = lane.bars.map((bar) => placedBar(bar, axis)).filter((placed) => placed !== undefined);
  const unwritten = bars.filter(({ bar, labelAt }) => labelAt === undefined && isWorthAWord(bar, lane));
  const words = unwritten
    // The longer it lasts the more it is worth a word.
    .toSorted((a, b) => b.width - a.width)
    .map(({ bar: { from, look, label } }) => ({ at: from, look, label }))
    .filter(({ at }) => !lane.flags.some((flag) => flag.at === at));
  // Where a title stands above its lane no word may stand.
  const taken = narrow ? [{ from: -MARGIN, to: widthOf(titleOf(lane)) }] : [];
  return [
    line('rail', 0, middle, middle, axis.width),
    ...bars.flatMap((placed) => drawBar(placed, middle, pattern)),
    ...drawDots(lane.dots, middle, axis),
    // The dots themselves say when.
    ...(lane.dots.length > 0 ? [] : drawLines(lane.flags, middle, axis)),
    ...drawWords([...lane.flags, ...words], middle, axis, taken),
  ];
}

function drawCut({ x, width, cut }: Axis['cuts'][number], height: number): Node {
  const said = `${clock(Math.round((cut.to - cut.from) / 100) * 100)} ${cut.skipped ? 'skipped' : 'quiet'}`;
  const place = `translate(${px(x + width / 2 + 4)} ${height - 8}) rotate(-90)`;
  return h(
    'g',
    { class: 'cut' },
    h('rect', { class: 'cut-ground', ...rectangle(x, AXIS_HEIGHT - 6, width, height) }),
    h('path', { class: 'cut-edge', d: zigzag(x, height) }),
    h('path', { class: 'cut-edge', d: zigzag(x + width, height) }),
    h('text', { class: 'cut-label', transform: place }, said),
  );
}

function zigzag(x: number, height: number): string {
  const steps = Math.ceil((height - AXIS_HEIGHT) / 8);
  return `M${px(x)} ${AXIS_HEIGHT - 6}${Array.from({ length: steps }, (_, n) => `l${n % 2 ? -4 : 4} 8`).join('')}`;
}
