import { printable } from '../../../escaping/terminal';
import { formatInstant } from '../../chart/axis';
import { type Element, h } from '../draw/node';
import { link, type PodPart, podTitle } from './podSection';
import type { FindingRecord, ResultRecord } from './resultRecord';

/** The result of each workload: what failed, with its cause, its fix, the line of the manifest and the patch. */
export function resultSections(results: readonly ResultRecord[], parts: readonly PodPart[]): readonly Element[] {
  return results.map((result) => resultSection(result, parts));
}

function resultSection(
  { outcome, headline, findings, checks, notChecked }: ResultRecord,
  parts: readonly PodPart[],
): Element {
  return h(
    'section',
    { class: 'result verdicts' },
    h('h2', {}, h('span', { class: `badge ${outcome}` }, outcome), ' ', printable(headline)),
    findings.length > 0 ? h('ul', {}, ...findings.map((finding) => findingItem(finding, parts))) : [],
    h(
      'details',
      {},
      h('summary', {}, checks.length === 1 ? 'the check' : `all ${checks.length} checks`),
      h('table', { class: 'checks' }, h('tbody', {}, ...checks.map(checkRow))),
    ),
    notChecked.length > 0
      ? h('details', {}, h('summary', {}, `${notChecked.length} not checked`), list(notChecked.map(printable)))
      : [],
  );
}

function list(lines: readonly string[]): Element {
  return h('ul', {}, ...lines.map((line) => h('li', {}, line)));
}

function checkRow({ name, outcome, word, texts }: ResultRecord['checks'][number]): Element {
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, name),
    h('td', { class: `badge ${outcome}` }, word),
    h('td', {}, ...texts.map((text) => h('p', {}, printable(text)))),
  );
}

function findingItem(finding: FindingRecord, parts: readonly PodPart[]): Element {
  const { name, outcome, badge, text, cause, fix, waived, place, frame, patch, evidence } = finding;
  const tone = outcome === 'passed' ? 'remark' : outcome;
  const details = [
    ...entry('Cause', cause && [printable(cause)]),
    ...entry('Fix', fix && [printable(fix)]),
    ...entry('Waived', waived && [printable(waived)]),
    ...entry('Line', place && [printable(place), ...(frame ? [block(frame)] : [])]),
    ...entry('Patch', patch && [printable(patch.sum), block(patch.text)]),
  ];
  return h(
    'li',
    { class: tone },
    h('p', {}, h('span', { class: `badge ${tone}` }, badge), ' ', h('b', {}, name), ...whereOf(finding, parts)),
    h('p', { class: 'text' }, printable(text)),
    details.length > 0 ? h('dl', {}, ...details) : [],
    evidence ? h('details', {}, h('summary', {}, 'evidence'), block(evidence)) : [],
  );
}

function entry(title: string, content: readonly (string | Element)[] | '' | undefined): readonly Element[] {
  return content ? [h('dt', {}, title), h('dd', {}, ...content)] : [];
}

function block(text: string): Element {
  return h('pre', { tabindex: 0 }, text.split('\n').map(printable).join('\n'));
}

function whereOf({ pod, at }: FindingRecord, parts: readonly PodPart[]): readonly (string | Element)[] {
  const part = pod === undefined ? undefined : parts[pod];
  if (!part) return [];
  const instant = at ?? part.picture.end;
  return [' ', h('a', { href: link(part.picture.id, instant) }, `${podTitle(part)} at ${formatInstant(instant)}`)];
}
