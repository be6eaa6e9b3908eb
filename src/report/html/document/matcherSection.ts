import { printable } from '../../../escaping/terminal';
import { formatInstant } from '../../chart/axis';
import type { VerdictRecord } from '../../record/podRecord';
import { type Element, h } from '../draw/node';
import { formatPodTitle, link, type PodPart } from './podSection';

const ORDER: readonly VerdictRecord['outcome'][] = ['failed', 'notRun', 'passed', 'notApplicable'];
const OUTCOMES: Readonly<Record<VerdictRecord['outcome'], string>> = {
  failed: 'failed',
  notRun: 'not run',
  passed: 'passed',
  notApplicable: 'not applicable',
};
const TEXT_MAX = 6_000;

/** Returns the results of tests or checks, failures first. */
export function matcherSection(verdicts: readonly VerdictRecord[], parts: readonly PodPart[]): readonly Element[] {
  if (verdicts.length === 0) return [];
  const isTrouble = ({ outcome }: VerdictRecord) => outcome === 'failed' || outcome === 'notRun';
  const quiet = verdicts.filter((verdict) => !isTrouble(verdict));
  return [
    h(
      'section',
      { class: 'results' },
      h('h2', {}, countOutcomes(verdicts)),
      createList(verdicts.filter(isTrouble), parts),
      // Passed results are collapsed, so that the failures stay visible.
      quiet.length === 0 ? [] : h('details', {}, h('summary', {}, countOutcomes(quiet)), createList(quiet, parts)),
    ),
  ];
}

function createList(verdicts: readonly VerdictRecord[], parts: readonly PodPart[]): readonly Element[] {
  if (verdicts.length === 0) return [];
  const inOrder = ORDER.flatMap((outcome) => verdicts.filter((verdict) => verdict.outcome === outcome));
  return [
    h(
      'ul',
      {},
      inOrder.map((verdict) => createItem(verdict, parts)),
    ),
  ];
}

function countOutcomes(verdicts: readonly VerdictRecord[]): string {
  const counts = ORDER.flatMap((outcome): string | readonly string[] => {
    const count = verdicts.filter((one) => one.outcome === outcome).length;
    return count === 0 ? [] : `${count} ${OUTCOMES[outcome]}`;
  });
  return counts.join(', ');
}

function createItem({ outcome, name, text, pod, at }: VerdictRecord, parts: readonly PodPart[]): Element {
  const part = pod === undefined ? undefined : parts[pod];
  const instant = at ?? part?.picture.end ?? 0;
  const place = part
    ? [' ', h('a', { href: link(part.picture.id, instant) }, `${formatPodTitle(part)} at ${formatInstant(instant)}`)]
    : [];
  const badge = h('span', { class: `badge ${outcome}` }, OUTCOMES[outcome]);
  return h('li', { class: outcome }, h('p', {}, badge, ' ', h('b', {}, name), ...place), ...createText(text));
}

/** Returns a text as a paragraph. A text of several lines keeps its layout. */
function createText(text: string | undefined): readonly Element[] {
  if (!text) return [];
  const shown = text.slice(0, TEXT_MAX).split('\n').map(printable).join('\n');
  return [
    h(shown.includes('\n') ? 'pre' : 'p', { class: 'text', ...(shown.includes('\n') && { tabindex: 0 }) }, shown),
  ];
}
