import { describe, expect, test } from '@jest/globals';
import type { Chart, Lane } from '../../../../../src/report/chart/chart';
import { formatPodTitle, link, type PodPart, podSection } from '../../../../../src/report/html/document/podSection';
import { markup } from '../../../../../src/report/html/draw/node';
import { type PodRecord, podRecord } from '../../../../../src/report/record/podRecord';
import { podOf } from '../../../matchers/replay';
import { ready, s, started, timelineOf } from '../../../timeline/events';

const lane = (kind: Lane['kind'], container?: string): Lane => {
  return { title: kind, kind, ...(container && { container }), bars: [], dots: [], flags: [] };
};

function part(record: Partial<PodRecord> = {}, picture: Partial<Chart> = {}): PodPart {
  const timeline = timelineOf(started(1), ready(4));
  timeline.advance(s(65.04));
  const known = { kind: 'run', manifest: 'sha256:0' } as const;
  const end = timeline.now;
  return {
    timeline,
    record: { ...podRecord({ pod: podOf({}), timeline, broken: undefined }, known), ...record },
    picture: { id: 'shop', name: 'shop', end, cuts: [], lanes: [], tips: [], rows: [], ...picture },
  };
}

const html = (one: PodPart, isOpen = true) => markup(podSection(one, { isOpen }));

describe('title of podSection', () => {
  const title = (record: Partial<PodRecord>) =>
    /<h2>(.*?)<\/h2>/.exec(html(part(record)))?.[1]?.replace(/<[^>]*>/g, '');

  test('contains the name of the pod, and the test if there is one', () => {
    expect(title({})).toBe('shop');
    expect(title({ test: 'a shop opens', file: '/specs/shop.spec.ts' })).toBe('shop: a shop opens');
  });

  test('contains the experiment if no test file started the pod', () => {
    expect(title({ test: 'web frozen' })).toBe('web frozen · pod shop');
  });

  test('omits the test in links, which show it beside the title', () => {
    expect(formatPodTitle(part())).toBe('shop');
    expect(formatPodTitle(part({ test: 'a shop opens', file: '/specs/shop.spec.ts' }))).toBe('shop');
    expect(formatPodTitle(part({ test: 'web frozen' }))).toBe('web frozen,');
  });
});

describe('podSection', () => {
  test('shows the file without folders, the time to 0.1s, and the namespace', () => {
    const meta = (record: Partial<PodRecord>) => /<span class="meta">(.*?)<\/span>/.exec(html(part(record)))?.[1];
    expect(meta({ file: '/home/ci/specs/shop.spec.ts' })).toBe('shop.spec.ts · ran for 1m5s · namespace default');
    expect(meta({ file: 'C:\\specs\\shop.spec.ts', kind: 'simulated', until: s(12.34) })).toBe(
      'shop.spec.ts · simulated for 12.3s · namespace default',
    );
  });

  test('opens only if requested', () => {
    expect(html(part())).toMatch(/^<details class="pod" id="pod-shop" data-pod="shop" open="">/);
    expect(html(part(), false)).toMatch(/^<details class="pod" id="pod-shop" data-pod="shop">/);
  });

  test('shows the last row of kubectl get pod with the age at the end', () => {
    const rows = [
      { at: 0, ready: '0/1', status: 'Pending', restarts: 0 },
      { at: 40_000, ready: '1/1', status: 'Running', restarts: 2, lastEndAt: 35_000 },
    ];
    const cells = [...html(part({}, { rows })).matchAll(/<td data-column="(\w+)">(.*?)<\/td>/g)];
    expect(cells.map(([, column, text]) => `${column} ${text}`)).toEqual([
      'NAME shop',
      'READY 1/1',
      'STATUS Running',
      'RESTARTS 2 (30s ago)',
      'AGE 65s',
    ]);
  });

  test('offers a choice of containers only if there are several', () => {
    const lanes = [lane('status'), lane('state', 'web'), lane('probe', 'web')];
    const values = (page: string) =>
      [...page.matchAll(/data-filter="(\w+)" data-value="(\w+)"/g)].map(([, a, b]) => `${a} ${b}`);
    expect(values(html(part({}, { lanes })))).toEqual(['kind status', 'kind state', 'kind probe']);
    expect(values(html(part({}, { lanes: [...lanes, lane('state', 'proxy')] })))).toEqual([
      'container web',
      'container proxy',
      'kind status',
      'kind state',
      'kind probe',
    ]);
  });

  test('shows the log, or that there is no log', () => {
    const line = { at: s(2), container: 'web', attempt: 0, stream: 'stdout', text: 'listening on <8080>' } as const;
    expect(html(part())).toContain('<p class="note">The containers wrote no output.</p>');
    expect(html(part({ output: [line] }))).toContain('<span class="text">listening on &lt;8080&gt;</span>');
  });

  test('links each headline to its instant', () => {
    expect(html(part())).toContain('<a href="#t=4&amp;pod=shop" class="at">+4.0s</a>');
  });
});

test('link contains the instant in seconds, and escapes the name of the pod', () => {
  expect(link('shop..2', 38_000.4)).toBe('#t=38&pod=shop..2');
  expect(link('a&b c', 1_500)).toBe('#t=1.5&pod=a%26b%20c');
});
