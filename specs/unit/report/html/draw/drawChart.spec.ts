import { describe, expect, test } from '@jest/globals';
import { Axis } from '../../../../../src/report/chart/axis';
import type { Chart, Cut, Flag, Lane } from '../../../../../src/report/chart/chart';
import { drawChart } from '../../../../../src/report/html/draw/drawChart';
import { measurePlot, placeLanes } from '../../../../../src/report/html/draw/layout';
import { type Element, markup, type Node } from '../../../../../src/report/html/draw/node';

const END = 100_000;
const WIDE = 1_200;

const lane = (more: Partial<Lane> = {}): Lane => {
  return { title: 'web', kind: 'state', container: 'web', bars: [], dots: [], flags: [], ...more };
};
const bar = (from: number, to: number, look: 'calm' | 'bad', label: string) => ({ from, to, look, label, tip: label });

function draw(lanes: readonly Lane[], { width = WIDE, cuts = [] as readonly Cut[], id = 'shop' } = {}): Element {
  const picture: Chart = { id, name: 'shop', end: END, cuts, lanes, tips: [], rows: [] };
  return drawChart({ picture, lanes, width, axis: new Axis(END, cuts, measurePlot(width).plot) });
}

/** Returns the elements of a class at any depth. */
function found(node: Node, name: string): readonly Element[] {
  if (typeof node === 'string') return [];
  const own = String(node.attributes.class ?? '').split(' ');
  return [...(own.includes(name) ? [node] : []), ...node.children.flatMap((child) => found(child, name))];
}
const texts = (svg: Element, name: string) => found(svg, name).flatMap(({ children }) => children);

describe('drawChart', () => {
  test('uses the given width, the height of its lanes and a text for screen readers', () => {
    const lanes = [lane(), lane({ kind: 'probe', title: 'liveness' })];
    const { attributes } = draw(lanes);
    const { height } = placeLanes(lanes, WIDE);
    expect(attributes).toMatchObject({ viewBox: `0 0 ${WIDE} ${height}`, width: WIDE, height, role: 'img' });
    expect(attributes['aria-label']).toMatch(/^Timeline of pod shop over 1m40s: /);
  });

  test('names its clip path and its pattern after the pod, because a page has several', () => {
    const hatched = { ...bar(0, 50_000, 'calm', 'back-off'), look: 'hatched' } as const;
    const html = markup(draw([lane({ bars: [hatched] })], { id: 'shop..2' }));
    expect(html).toContain('<clipPath id="clip-shop..2">');
    expect(html).toContain('clip-path="url(#clip-shop..2)"');
    expect(html).toContain('<pattern id="hatch-shop..2"');
    expect(html).toContain('fill="url(#hatch-shop..2)"');
  });

  test('draws the container above its lanes, and labels its state lane with its name', () => {
    const pod: Lane = { title: 'STATUS', kind: 'status', bars: [], dots: [], flags: [] };
    const svg = draw([pod, lane(), lane({ kind: 'probe', title: 'liveness' })]);
    expect(texts(svg, 'head')).toEqual(['web']);
    expect(texts(svg, 'title')).toEqual(['STATUS', 'state', 'liveness']);
  });

  test('shortens a container name that is wider than the drawing', () => {
    const [head] = texts(draw([lane({ container: 'a'.repeat(60) })], { width: 360 }), 'head');
    expect(head).toBe(`${'a'.repeat(39)}…`);
  });

  test('draws titles beside the lanes if they fit, else above them', () => {
    const [wide] = found(draw([lane()]), 'title');
    const [narrow] = found(draw([lane()], { width: 360 }), 'title');
    expect(wide?.attributes).toMatchObject({ 'text-anchor': 'end', x: measurePlot(WIDE).gutter - 10 });
    expect(narrow?.attributes).toMatchObject({ x: 0 });
    expect(narrow?.attributes).not.toHaveProperty('text-anchor');
  });

  test('anchors the outer ticks so that their labels stay in the drawing', () => {
    const ticks = found(draw([lane()]), 'tick');
    expect(ticks.map(({ children: [label] }) => label).slice(0, 3)).toEqual(['0s', '10s', '20s']);
    expect(ticks[0]?.attributes['text-anchor']).toBe('start');
    expect(ticks[1]?.attributes['text-anchor']).toBe('middle');
    expect(ticks.at(-1)?.children).toEqual(['1m40s']);
    expect(ticks.at(-1)?.attributes['text-anchor']).toBe('end');
  });

  test('draws the length of a cut, and whether it was skipped or quiet', () => {
    const cuts = [
      { from: 10_000, to: 40_000, isSkipped: true },
      { from: 50_000, to: 90_040, isSkipped: false },
    ];
    const lanes = Array.from({ length: 6 }, () => lane());
    expect(texts(draw(lanes, { cuts }), 'cut-label')).toEqual(['30s skipped', '40s without events']);
    expect(texts(draw([lane()], { cuts }), 'cut-label')).toEqual(['30s', '40s']);
  });
});

describe('lane of drawChart', () => {
  test('draws the label into a bar that is long enough', () => {
    const svg = draw([lane({ bars: [bar(0, 50_000, 'calm', 'runs')] })]);
    expect(texts(svg, 'label')).toEqual(['runs']);
    expect(texts(svg, 'caption')).toEqual([]);
  });

  test('draws the label of a short bar above it only if the bar is trouble', () => {
    const bars = [bar(10_000, 10_100, 'calm', 'runs, restart 1'), bar(60_000, 60_100, 'bad', 'Error')];
    expect(texts(draw([lane({ bars })]), 'caption')).toEqual(['Error']);
  });

  test('prefers the label of a flag to that of a bar at the same instant', () => {
    const flags: Flag[] = [{ at: 60_000, look: 'bad', label: 'exit 1', tip: '' }];
    const svg = draw([lane({ bars: [bar(60_000, 60_100, 'bad', 'ended')], flags })]);
    expect(texts(svg, 'caption')).toEqual(['exit 1']);
    expect(found(svg, 'flag')).toHaveLength(1);
  });

  test('draws no lines for flags if dots show the instants', () => {
    const flags: Flag[] = [{ at: 60_000, look: 'bad', label: '2 dropped', tip: '' }];
    const svg = draw([lane({ kind: 'requests', flags, dots: [[60_000, 'bad', 0, 5]] })]);
    expect(found(svg, 'flag')).toEqual([]);
    expect(texts(svg, 'caption')).toEqual(['2 dropped']);
  });
});
