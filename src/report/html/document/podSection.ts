import type { Timeline } from '../../../timeline/timeline';
import { Axis, clock, formatInstant } from '../../chart/axis';
import type { Chart, LaneKind } from '../../chart/chart';
import { humanDuration } from '../../kubectl/humanDuration';
import { restartsColumn } from '../../kubectl/printPod';
import type { PodRecord } from '../../record/podRecord';
import { drawChart } from '../draw/drawChart';
import { plotIn } from '../draw/layout';
import { type Element, h } from '../draw/node';
import { logItems, storyItems } from './lines';
import { summarizePod } from './summary';

/** A pod of a report, in the forms in which it is shown. */
export interface PodPart {
  readonly record: PodRecord;
  readonly timeline: Timeline;
  readonly picture: Chart;
}

/** How wide the picture is before a script has seen how much room there is. */
const WIDTH = 1200;

const KIND_NAMES: Readonly<Record<LaneKind, string>> = {
  status: 'status',
  endpoint: 'endpoints',
  state: 'state',
  probe: 'probes',
  hook: 'hooks',
  signal: 'signals',
  requests: 'requests',
  act: 'the test',
};

/** All that is shown of one pod. */
export function podSection(part: PodPart, { isOpen }: { readonly isOpen: boolean }): Element {
  const { record, timeline, picture } = part;
  return h(
    'details',
    { class: 'pod', id: `pod-${picture.id}`, 'data-pod': picture.id, open: isOpen ? '' : undefined },
    h('summary', {}, h('h2', {}, ...titleOf(part)), h('span', { class: 'meta' }, metaOf(record))),
    gist(timeline, record, picture),
    status(picture),
    controls(picture),
    h(
      'div',
      { class: 'chart', tabindex: 0, role: 'group', 'aria-label': 'timeline; arrow keys move the cursor' },
      svg(picture),
    ),
    h('div', { class: 'lines' }, story(timeline), log(record)),
  );
}

/** A pod of a gate is known by what was tried, and that of a test by its name. */
function titleOf({ record: { name, test, file } }: PodPart): readonly (string | Element)[] {
  const more = (text: string) => h('span', { class: 'played' }, text);
  if (test === undefined) return [name];
  return file === undefined ? [test, more(` · pod ${name}`)] : [name, more(`: ${test}`)];
}

/** What a pod is called among others. A test's name is long, and stands beside the link already. */
export function podTitle({ record: { name, test, file } }: PodPart): string {
  return test && !file ? `${test},` : name;
}

function metaOf({ namespace, kind, file, until }: PodRecord): string {
  const played = kind === 'run' ? 'run' : 'simulated';
  return [file && basename(file), `${played} for ${clock(Math.round(until / 100) * 100)}`, `namespace ${namespace}`]
    .filter(Boolean)
    .join(' · ');
}

function basename(file: string): string {
  return file.split(/[/\\]/).at(-1) ?? file;
}

function gist(timeline: Timeline, { broken }: PodRecord, { id }: Chart): Element {
  const points = summarizePod(timeline, broken).map(({ tone, text, at }) => {
    const when = at === undefined ? [] : [h('a', { href: link(id, at), class: 'at' }, formatInstant(at))];
    return h('li', { class: tone }, h('span', { class: 'when' }, ...when), h('span', {}, text));
  });
  return h('ul', { class: 'gist' }, points);
}

/** Leads to an instant of a pod's life. */
export function link(id: string, at: number): string {
  return `#t=${Math.round(at) / 1000}&pod=${encodeURIComponent(id)}`;
}

/** `kubectl get pod` at the cursor; without a script, at the end. */
function status({ name, rows, end }: Chart): Element {
  const row = rows.at(-1);
  const cells = [
    ['NAME', name],
    ['READY', row?.ready ?? '0/0'],
    ['STATUS', row?.status ?? 'Pending'],
    ['RESTARTS', row ? restartsColumn(shownRestarts(row), end as never) : '0'],
    ['AGE', humanDuration(end)],
  ] as const;
  return h(
    'div',
    { class: 'status' },
    h('p', { class: 'when' }, 'kubectl get pod, at ', h('output', { class: 'now' }, formatInstant(end))),
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

function shownRestarts({ restarts, lastEndAt }: Chart['rows'][number]) {
  return { count: restarts, ...(lastEndAt !== undefined && { lastEndAt: lastEndAt as never }) };
}

function controls({ lanes }: Chart): Element {
  const containers = [...new Set(lanes.flatMap(({ container }) => container ?? []))];
  const kinds = [...new Set(lanes.map(({ kind }) => kind))];
  return h(
    'div',
    { class: 'controls' },
    group('container', containers.length > 1 ? containers.map((name) => toggle('container', name, name)) : []),
    group(
      'show',
      kinds.map((kind) => toggle('kind', kind, KIND_NAMES[kind])),
    ),
    h(
      'div',
      { class: 'zoom', role: 'group', 'aria-label': 'zoom' },
      h('button', { type: 'button', 'data-zoom': 'out', 'aria-label': 'zoom out' }, '−'),
      h('button', { type: 'button', 'data-zoom': 'in', 'aria-label': 'zoom in' }, '+'),
      h('button', { type: 'button', 'data-zoom': 'whole' }, 'whole life'),
    ),
    h('p', { class: 'keys' }, 'click holds the cursor · ← → step (Shift: 0.1s) · wheel, drag, + − magnify · Esc back'),
  );
}

function group(name: string, toggles: readonly Element[]): Element | readonly [] {
  return toggles.length === 0 ? [] : h('div', { class: 'filter', role: 'group', 'aria-label': name }, toggles);
}

function toggle(of: string, value: string, text: string): Element {
  return h('button', { type: 'button', 'aria-pressed': 'true', 'data-filter': of, 'data-value': value }, text);
}

function svg(picture: Chart): Element {
  const axis = new Axis(picture.end, picture.cuts, plotIn(WIDTH).plot);
  return drawChart({ picture, lanes: picture.lanes, width: WIDTH, axis });
}

function story(timeline: Timeline): Element {
  return h('section', { class: 'story' }, h('h3', {}, 'What happened'), list('what happened', storyItems(timeline)));
}

function log({ output }: PodRecord): Element {
  const { items, leftOut } = logItems(output);
  const note = leftOut > 0 ? [h('p', { class: 'note' }, `${leftOut} earlier lines are left out`)] : [];
  const lines = items.length > 0 ? list('the log', items) : h('p', { class: 'note' }, 'the containers wrote nothing');
  return h('section', { class: 'log' }, h('h3', {}, 'What the containers wrote'), note, lines);
}

function list(label: string, items: readonly Element[]): Element {
  return h('ol', { tabindex: 0, 'aria-label': label }, items);
}
