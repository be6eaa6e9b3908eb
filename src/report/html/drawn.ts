import type { Axis } from './axis';
import { clock } from './axis';
import { type Element, h, type Node } from './node';
import type { Bar, Dot, DotLook, Flag, Lane, Look, Picture } from './picture';

const AXIS_HEIGHT = 26;
const HEAD_HEIGHT = 24;
const LANE_HEIGHT = 20;
const BAR_HEIGHT = 14;
const CAPTION_HEIGHT = 14;
/** Of a letter in the pictures' writing, on the safe side; a capital is wider, and so is what is bold. */
const CHARACTER_WIDTH = 6.4;
const CAPITAL_WIDTH = 8;
const BOLD = 1.15;
/** So close together two words are about one thing. */
const SAME_PLACE = 6;
/** Closer dots of one look are drawn as one. */
const DOT_GAP = 5;
const WORST_LAST: readonly DotLook[] = ['ok', 'wait', 'odd', 'bad'];
const NARROW = 600;
/** Beside the axis. */
const MARGIN = 7;

/** What a drawing takes in, of a picture: which lanes, how wide, seen through which axis. */
export interface Drawing {
  readonly picture: Picture;
  readonly lanes: readonly Lane[];
  readonly width: number;
  readonly axis: Axis;
}

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

/** What of a lane is to be read though it is too short to be written into. */
function hasCaptions({ flags, bars }: Lane): boolean {
  return flags.length > 0 || bars.some(isTrouble);
}

function isTrouble({ look }: { readonly look: Look }): boolean {
  return look === 'bad' || look === 'warn';
}

/** The picture as SVG. */
export function drawn({ picture, lanes, width, axis }: Drawing): Element {
  const layout = layOut(lanes, width);
  const { gutter, narrow, placed, heads, height } = layout;
  const clip = `clip-${picture.id}`;
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
    h('defs', {}, hatching(picture.id), h('clipPath', { id: clip }, box(-MARGIN, 0, axis.width + 2 * MARGIN, height))),
    ...heads.map(({ title, top }) => head(title, top, width)),
    ...placed.map((one) => title(one, narrow, gutter)),
    h(
      'g',
      { transform: `translate(${gutter} 0)` },
      h(
        'g',
        { 'clip-path': `url(#${clip})` },
        axis.ticks.map(({ x }) => line('grid', x, AXIS_HEIGHT - 4, height)),
        placed.flatMap((one) => laneOf(one, axis, picture.id, narrow)),
        axis.cuts.map((cut) => cutOf(cut, height)),
      ),
      ticksOf(axis),
    ),
  );
}

function ticksOf(axis: Axis): readonly Node[] {
  return axis.ticks.map(({ x, label }) => {
    const anchor = x < 12 ? 'start' : x > axis.width - 24 ? 'end' : 'middle';
    return h('text', { class: 'tick', x: px(x), y: 14, 'text-anchor': anchor }, label);
  });
}

/** A pattern is looked up in the whole document: each picture has its own. */
function hatching(id: string): Element {
  return h(
    'pattern',
    { id: `hatch-${id}`, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    h('rect', { class: 'hatch-ground', width: 6, height: 6 }),
    h('rect', { class: 'hatch-line', width: 2.5, height: 6 }),
  );
}

function head(text: string, top: number, width: number): Element {
  return h(
    'g',
    {},
    line('rule', 0, top + 4, top + 4, width),
    h('text', { class: 'head', x: 0, y: top + 19 }, shortened(text, width / (CHARACTER_WIDTH * 1.2))),
  );
}

function titleOf({ kind, title }: Lane): string {
  return kind === 'state' ? 'state' : title;
}

function title({ lane, top, middle }: Placed, narrow: boolean, gutter: number): Element {
  const text = titleOf(lane);
  return narrow
    ? h('text', { class: 'title', x: 0, y: top + 11 }, text)
    : h('text', { class: 'title', x: gutter - 10, y: middle + 4, 'text-anchor': 'end' }, text);
}

function laneOf({ lane, middle }: Placed, axis: Axis, id: string, narrow: boolean): readonly Node[] {
  const bars = lane.bars.map((bar) => placedBar(bar, axis)).filter((placed) => placed !== undefined);
  const unwritten = bars.filter(({ bar, isWritten }) => !isWritten && isTrouble(bar));
  // The longer it lasts the more it is worth a word.
  const words = unwritten
    .toSorted((a, b) => b.width - a.width)
    .map(({ bar: { from, look, label } }) => ({ at: from, look, label }));
  // Where a title stands above its lane no word may stand.
  const taken = narrow ? [{ from: 0, to: titleOf(lane).length * CHARACTER_WIDTH + 8 }] : [];
  return [
    line('rail', 0, middle, middle, axis.width),
    ...bars.flatMap((placed) => barOf(placed, middle, id)),
    ...dotsOf(lane.dots, middle, axis),
    // The dots themselves say when.
    ...(lane.dots.length > 0 ? [] : linesOf(lane.flags, middle, axis)),
    ...captionsOf([...lane.flags, ...words], middle, axis, taken),
  ];
}

interface PlacedBar {
  readonly bar: Bar;
  readonly from: number;
  readonly width: number;
  readonly isWritten: boolean;
}

function placedBar(bar: Bar, axis: Axis): PlacedBar | undefined {
  const from = Math.max(axis.x(bar.from), -MARGIN);
  const to = Math.min(axis.x(bar.to), axis.width + MARGIN);
  if (to < 0 || from > axis.width) return undefined;
  const width = Math.max(1.5, to - from);
  return { bar, from, width, isWritten: widthOf(bar.label, bar.look === 'hatched') + 6 <= width };
}

function widthOf(text: string, isBold: boolean): number {
  const capitals = text.match(/[A-Z]/g)?.length ?? 0;
  const plain = capitals * CAPITAL_WIDTH + (text.length - capitals) * CHARACTER_WIDTH;
  return isBold ? plain * BOLD : plain;
}

function barOf({ bar, from, width, isWritten }: PlacedBar, middle: number, id: string): readonly Node[] {
  const fill = bar.look === 'hatched' ? `url(#hatch-${id})` : undefined;
  const place = rectangle(from, middle - BAR_HEIGHT / 2, width, BAR_HEIGHT);
  const shape = h('rect', { class: `bar ${bar.look}`, ...place, rx: 2, fill });
  if (!isWritten) return [shape];
  return [shape, h('text', { class: `label ${bar.look}`, x: px(Math.max(from, 0) + 4), y: middle + 4 }, bar.label)];
}

/** Of dots too close to be told apart the worst is seen. */
function dotsOf(dots: readonly Dot[], middle: number, axis: Axis): readonly Node[] {
  const places = new Map<number, { readonly x: number; readonly look: DotLook }>();
  for (const [at, look] of dots) {
    const x = axis.x(at);
    if (x < -4 || x > axis.width + 4) continue;
    const place = Math.round(x / DOT_GAP);
    const before = places.get(place);
    if (!before || WORST_LAST.indexOf(look) > WORST_LAST.indexOf(before.look)) places.set(place, { x, look });
  }
  return [...places.values()].map(({ x, look }) => dotOf(x, middle, look));
}

/** Each look has a shape of its own: not everybody sees the colors. */
function dotOf(x: number, y: number, look: DotLook): Element {
  if (look === 'ok') return h('circle', { class: 'dot ok', cx: px(x), cy: y, r: 2.4 });
  if (look === 'wait') return h('circle', { class: 'dot wait', cx: px(x), cy: y, r: 3 });
  if (look === 'odd') return h('path', { class: 'dot odd', d: `M${px(x)} ${y - 5}l5 5-5 5-5-5z` });
  return h('path', { class: 'dot bad', d: `M${px(x - 4)} ${y - 4}l8 8m0-8l-8 8` });
}

type Word = Pick<Flag, 'at' | 'look' | 'label'>;

interface Room {
  readonly from: number;
  readonly to: number;
}

function isSeen({ at }: Word, axis: Axis): boolean {
  const x = axis.x(at);
  return x > -4 && x < axis.width + 4;
}

/** What falls into one place is said in one breath. */
function together(words: readonly Word[], axis: Axis): readonly Word[] {
  const joined: Word[] = [];
  for (const word of words) {
    const at = joined.findIndex((one) => Math.abs(axis.x(one.at) - axis.x(word.at)) < SAME_PLACE);
    const one = joined[at];
    if (!one) joined.push(word);
    else if (!one.label.split(', ').includes(word.label)) {
      joined[at] = { ...one, look: word.look === 'bad' ? 'bad' : one.look, label: `${one.label}, ${word.label}` };
    }
  }
  return joined;
}

function linesOf(flags: readonly Flag[], middle: number, axis: Axis): readonly Node[] {
  return flags
    .filter((flag) => isSeen(flag, axis))
    .map(({ at, look }) => h('rect', { class: `flag ${look}`, ...rectangle(axis.x(at) - 1, middle - 9, 2.5, 18) }));
}

/** The words above a lane, where there is room; what is bad goes before the rest. */
function captionsOf(words: readonly Word[], middle: number, axis: Axis, before: readonly Room[]): readonly Node[] {
  const taken = [...before];
  return together(
    words.filter((word) => isSeen(word, axis)),
    axis,
  )
    .toSorted((a, b) => Number(b.look === 'bad') - Number(a.look === 'bad'))
    .flatMap(({ at, look, label }): readonly Node[] => {
      const width = widthOf(label, look === 'bad') + 2;
      const x = Math.max(0, Math.min(axis.x(at) - 2, axis.width - width));
      if (taken.some(({ from, to }) => x < to && from < x + width)) return [];
      taken.push({ from: x, to: x + width + 4 });
      return [h('text', { class: `caption ${look}`, x: px(x), y: middle - 11 }, label)];
    });
}

function cutOf({ x, width, cut }: Axis['cuts'][number], height: number): Node {
  const said = `${clock(cut.to - cut.from)} ${cut.skipped ? 'skipped' : 'quiet'}`;
  const middle = x + width / 2;
  return h(
    'g',
    { class: 'cut' },
    h('rect', { class: 'cut-ground', ...rectangle(x, AXIS_HEIGHT - 6, width, height) }),
    h('path', { class: 'cut-edge', d: zigzag(x, height) }),
    h('path', { class: 'cut-edge', d: zigzag(x + width, height) }),
    h('text', { class: 'cut-label', transform: `translate(${px(middle + 4)} ${height - 8}) rotate(-90)` }, said),
  );
}

function zigzag(x: number, height: number): string {
  const steps = Math.ceil((height - AXIS_HEIGHT) / 8);
  return `M${px(x)} ${AXIS_HEIGHT - 6}${Array.from({ length: steps }, (_, n) => `l${n % 2 ? -4 : 4} 8`).join('')}`;
}

function line(name: string, x: number, from: number, to: number, x2 = x): Element {
  return h('line', { class: name, x1: px(x), y1: from, x2: px(x2), y2: to });
}

function box(x: number, y: number, width: number, height: number): Element {
  return h('rect', rectangle(x, y, width, height));
}

function rectangle(x: number, y: number, width: number, height: number) {
  return { x: px(x), y: px(y), width: px(width), height: px(height) };
}

function px(value: number): number {
  return Math.round(value * 10) / 10;
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, Math.max(1, Math.floor(most) - 1))}…` : text;
}
