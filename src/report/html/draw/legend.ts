import type { Chart, DotLook, Look } from '../../chart/chart';
import { drawDot } from './dots';
import { type Element, h, type Node } from './node';

const DOTS: Readonly<Record<DotLook, string>> = {
  ok: 'probe or request succeeded',
  bad: 'probe or request failed',
  wait: 'startup probe not yet successful',
  odd: 'probe could not run',
};
const BARS: Readonly<Record<Exclude<Look, 'gone'>, string>> = {
  calm: 'running',
  good: 'receives requests, or hook completed',
  wait: 'waiting or completed',
  warn: 'stopping or not ready',
  bad: 'error',
  hatched: 'waiting in back-off',
};
const SIZE = 12;

/** Returns the meaning of each color and symbol that a chart uses. */
export function drawLegend({ id, lanes, cuts }: Chart): Element {
  const dots = new Set(lanes.flatMap((lane) => lane.dots.map(([, look]) => look)));
  const bars = new Set<Look>(lanes.flatMap((lane) => lane.bars.map(({ look }) => look)));
  return h(
    'ul',
    { class: 'legend', 'aria-label': 'legend' },
    ...listEntries(BARS).flatMap(([look, text]) => (bars.has(look) ? [drawEntry(drawSwatch(look, id), text)] : [])),
    ...listEntries(DOTS).flatMap(([look, text]) => (dots.has(look) ? [drawEntry(drawDot(6, 6, look), text)] : [])),
    ...(cuts.length > 0
      ? [drawEntry(h('path', { class: 'cut-edge', d: 'M6 0l4 3l-4 3l4 3l-4 3' }), 'time not shown')]
      : []),
  );
}

function listEntries<Key extends string>(texts: Readonly<Record<Key, string>>): readonly (readonly [Key, string])[] {
  return Object.entries(texts) as [Key, string][];
}

function drawEntry(symbol: Node, text: string): Element {
  return h('li', {}, h('svg', { width: SIZE, height: SIZE, 'aria-hidden': 'true' }, symbol), text);
}

function drawSwatch(look: Look, id: string): Element {
  const fill = look === 'hatched' ? `url(#hatch-${id})` : undefined;
  return h('rect', { class: `bar ${look}`, width: SIZE, height: SIZE, rx: 2, fill });
}
