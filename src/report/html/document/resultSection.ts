import { printable } from '../../../escaping/terminal';
import { formatInstant } from '../../chart/axis';
import { type Element, h } from '../draw/node';
import { formatPodTitle, link, type PodPart } from './podSection';
import type { FindingRecord, ResultRecord } from './resultRecord';

/** Returns the result of each workload: its failures with cause, fix, manifest line and patch, and all checks. */
export function resultSections(results: readonly ResultRecord[], parts: readonly PodPart[]): readonly Element[] {
  return results.map((result) => createSection(result, parts));
}

function createSection(
  { outcome, headline, findings, checks, notChecked }: ResultRecord,
  parts: readonly PodPart[],
): Element {
  return h(
    'section',
    { class: 'result results' },
    h('h2', {}, h('span', { class: `badge ${outcome}` }, outcome), ' ', printable(headline)),
    findings.length > 0 ? h('ul', {}, ...findings.map((finding) => createFinding(finding, parts))) : [],
    h(
      'details',
      {},
      h('summary', {}, checks.length === 1 ? '1 check' : `all ${checks.length} checks`),
      h('table', { class: 'checks' }, h('tbody', {}, ...checks.map(createCheckRow))),
    ),
    notChecked.length > 0
      ? h('details', {}, h('summary', {}, `${notChecked.length} not checked`), createList(notChecked.map(printable)))
      : [],
  );
}

function createList(lines: readonly string[]): Element {
  return h('ul', {}, ...lines.map((line) => h('li', {}, line)));
}

function createCheckRow({ name, outcome, word, texts }: ResultRecord['checks'][number]): Element {
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, name),
    h('td', { class: `badge ${outcome}` }, word),
    h('td', {}, ...texts.map((text) => h('p', {}, printable(text)))),
  );
}

function createFinding(finding: FindingRecord, parts: readonly PodPart[]): Element {
  const { name, outcome, badge, text, cause, fix, waived, place, frame, patch, evidence } = finding;
  const tone = outcome === 'passed' ? 'info' : outcome;
  const details = [
    ...createEntry('Cause', cause && [printable(cause)]),
    ...createEntry('Fix', fix && [printable(fix)]),
    ...createEntry('Waived', waived && [printable(waived)]),
    ...createEntry('Line', place && [printable(place), ...(frame ? [createBlock(frame)] : [])]),
    ...createEntry('Patch', patch && [printable(patch.sum), createBlock(patch.text)]),
  ];
  return h(
    'li',
    { class: tone },
    h('p', {}, h('span', { class: `badge ${tone}` }, badge), ' ', h('b', {}, name), ...createLink(finding, parts)),
    h('p', { class: 'text' }, printable(text)),
    details.length > 0 ? h('dl', {}, ...details) : [],
    evidence ? h('details', {}, h('summary', {}, 'evidence'), createBlock(evidence)) : [],
  );
}

function createEntry(title: string, content: readonly (string | Element)[] | '' | undefined): readonly Element[] {
  return content ? [h('dt', {}, title), h('dd', {}, ...content)] : [];
}

function createBlock(text: string): Element {
  return h('pre', { tabindex: 0 }, text.split('\n').map(printable).join('\n'));
}

function createLink({ pod, at }: FindingRecord, parts: readonly PodPart[]): readonly (string | Element)[] {
  const part = pod === undefined ? undefined : parts[pod];
  if (!part) return [];
  const instant = at ?? part.picture.end;
  return [
    ' ',
    h('a', { href: link(part.picture.id, instant) }, `${formatPodTitle(part)} at ${formatInstant(instant)}`),
  ];
}
