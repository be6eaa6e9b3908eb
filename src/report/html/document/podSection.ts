import type { Timeline } from '../../../timeline/timeline';
import { Axis, formatClock, formatInstant } from '../../chart/axis';
import type { Chart, LaneKind } from '../../chart/chart';
import { humanDuration } from '../../kubectl/humanDuration';
import { formatRestarts } from '../../kubectl/printPod';
import type { PodRecord } from '../../record/podRecord';
import { drawChart } from '../draw/drawChart';
import { measurePlot } from '../draw/layout';
import { drawLegend } from '../draw/legend';
import { type Element, h } from '../draw/node';
import { listEvents, listLog } from './lines';
import { summarizePod } from './summarizePod';

/** A pod of a report: its record, its timeline and its chart. */
export interface PodPart {
  readonly record: PodRecord;
  readonly timeline: Timeline;
  readonly picture: Chart;
}

/** Width of the chart until the script of the page measures the available width. */
const WIDTH = 1200;

const KIND_NAMES: Readonly<Record<LaneKind, string>> = {
  status: 'status',
  endpoint: 'endpoints',
  state: 'state',
  probe: 'probes',
  hook: 'hooks',
  signal: 'signals',
  requests: 'requests',
  action: 'test actions',
};

/** Returns the section of one pod. */
export function podSection(part: PodPart, { isOpen }: { readonly isOpen: boolean }): Element {
  const { record, timeline, picture } = part;
  return h(
    'details',
    { class: 'pod', id: `pod-${picture.id}`, 'data-pod': picture.id, open: isOpen ? '' : undefined },
    h('summary', {}, h('h2', {}, ...createTitle(part)), h('span', { class: 'meta' }, describeRun(record))),
    createSummary(timeline, record, picture),
    createStatus(picture),
    createControls(picture),
    h(
      'div',
      { class: 'chart', tabindex: 0, role: 'group', 'aria-label': 'timeline, arrow keys move the cursor' },
      createChart(picture),
    ),
    drawLegend(picture),
    h('div', { class: 'lines' }, createEvents(timeline), createLog(record)),
  );
}

/** Returns the title of a pod: for a gate the experiment, for a test the name of the pod. */
function createTitle({ record: { name, test, file } }: PodPart): readonly (string | Element)[] {
  const more = (text: string) => h('span', { class: 'test' }, text);
  if (test === undefined) return [name];
  return file === undefined ? [test, more(` · pod ${name}`)] : [name, more(`: ${test}`)];
}

/** Returns the name of a pod in links. A test's name is long and already beside the link, so it is left out. */
export function formatPodTitle({ record: { name, test, file } }: PodPart): string {
  return test && !file ? `${test},` : name;
}

function describeRun({ namespace, kind, file, until }: PodRecord): string {
  const verb = kind === 'run' ? 'ran' : 'simulated';
  return [file && basename(file), `${verb} for ${formatClock(Math.round(until / 100) * 100)}`, `namespace ${namespace}`]
    .filter(Boolean)
    .join(' · ');
}

function basename(file: string): string {
  return file.split(/[/\\]/).at(-1) ?? file;
}

function createSummary(timeline: Timeline, { broken }: PodRecord, { id }: Chart): Element {
  const items = summarizePod(timeline, broken).map(({ tone, text, fix, at }) => {
    const when = at === undefined ? [] : [h('a', { href: link(id, at), class: 'at' }, formatInstant(at))];
    const advice = fix === undefined ? [] : [h('span', { class: 'fix' }, h('b', {}, 'Fix:'), ` ${fix}`)];
    return h(
      'li',
      { class: tone },
      h('span', { class: 'when' }, ...when),
      h('span', { class: 'text' }, text),
      ...advice,
    );
  });
  return h('ul', { class: 'summary' }, items);
}

/** Returns the link to an instant of a pod's timeline. */
export function link(id: string, at: number): string {
  return `#t=${Math.round(at) / 1000}&pod=${encodeURIComponent(id)}`;
}

/** Creates the row of `kubectl get pod` at the cursor, or at the end if scripts are disabled. */
function createStatus({ name, rows, end }: Chart): Element {
  const row = rows.at(-1);
  const cells = [
    ['NAME', name],
    ['READY', row?.ready ?? '0/0'],
    ['STATUS', row?.status ?? 'Pending'],
    ['RESTARTS', row ? formatRestarts(toRestarts(row), end as never) : '0'],
    ['AGE', humanDuration(end)],
  ] as const;
  return h(
    'div',
    { class: 'status' },
    h('p', { class: 'when' }, 'kubectl get pod at ', h('output', { class: 'now' }, formatInstant(end))),
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          cells.map(([title]) => h('th', { scope: 'col' }, title)),
        ),
      ),
      h(
        'tbody',
        {},
        h(
          'tr',
          {},
          cells.map(([title, text]) => h('td', { 'data-column': title }, text)),
        ),
      ),
    ),
  );
}

function toRestarts({ restarts, lastEndAt }: Chart['rows'][number]) {
  return { count: restarts, ...(lastEndAt !== undefined && { lastEndAt: lastEndAt as never }) };
}

function createControls({ lanes }: Chart): Element {
  const containers = [...new Set(lanes.flatMap(({ container }) => container ?? []))];
  const kinds = [...new Set(lanes.map(({ kind }) => kind))];
  return h(
    'div',
    { class: 'controls' },
    createGroup(
      'containers',
      containers.length > 1 ? containers.map((name) => createToggle('container', name, name)) : [],
    ),
    createGroup(
      'lanes',
      kinds.map((kind) => createToggle('kind', kind, KIND_NAMES[kind])),
    ),
    h(
      'div',
      { class: 'zoom', role: 'group', 'aria-label': 'zoom' },
      h('button', { type: 'button', 'data-zoom': 'out', 'aria-label': 'zoom out' }, '−'),
      h('button', { type: 'button', 'data-zoom': 'in', 'aria-label': 'zoom in' }, '+'),
      h('button', { type: 'button', 'data-zoom': 'whole' }, 'reset zoom'),
    ),
    h('p', { class: 'keys' }, 'click: pin cursor · ← →: move (Shift: 0.1s) · scroll, drag, + −: zoom · Esc: reset'),
  );
}

function createGroup(name: string, toggles: readonly Element[]): Element | readonly [] {
  if (toggles.length === 0) return [];
  return h(
    'div',
    { class: 'filter', role: 'group', 'aria-label': `show ${name}` },
    h('span', {}, `${name}:`),
    ...toggles,
  );
}

function createToggle(filter: string, value: string, text: string): Element {
  return h('button', { type: 'button', 'aria-pressed': 'true', 'data-filter': filter, 'data-value': value }, text);
}

function createChart(picture: Chart): Element {
  const axis = new Axis(picture.end, picture.cuts, measurePlot(WIDTH).plot);
  return drawChart({ picture, lanes: picture.lanes, width: WIDTH, axis });
}

function createEvents(timeline: Timeline): Element {
  return h('section', { class: 'story' }, h('h3', {}, 'Events'), createList('events', listEvents(timeline)));
}

function createLog({ output }: PodRecord): Element {
  const { items, leftOut } = listLog(output);
  const note = leftOut > 0 ? [h('p', { class: 'note' }, `${leftOut} earlier lines omitted`)] : [];
  const lines =
    items.length > 0
      ? createList('container logs', items)
      : h('p', { class: 'note' }, 'The containers wrote no output.');
  return h('section', { class: 'log' }, h('h3', {}, 'Container logs'), note, lines);
}

function createList(label: string, items: readonly Element[]): Element {
  return h('ol', { tabindex: 0, 'aria-label': label }, items);
}
