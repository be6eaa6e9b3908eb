import { printable } from '../../../escaping/terminal';
import { formatInstant } from '../../chart/axis';
import type { VerdictRecord } from '../../record/podRecord';
import { type Element, h } from '../draw/node';
import { link, type PodPart, podTitle } from './podSection';

const ORDER: readonly VerdictRecord['outcome'][] = ['failed', 'notRun', 'passed', 'notApplicable'];
const WORDS: Readonly<Record<VerdictRecord['outcome'], string>> = {
  failed: 'failed',
  notRun: 'not run',
  passed: 'passed',
  notApplicable: 'does not apply',
};
const TEXT_MAX = 6_000;

/** What was asked of the pods, and what came of it, the worst first; nothing where nothing was asked. */
export function verdictSection(verdicts: readonly VerdictRecord[], parts: readonly PodPart[]): readonly Element[] {
  if (verdicts.length === 0) return [];
  const isTrouble = ({ outcome }: VerdictRecord) => outcome === 'failed' || outcome === 'notRun';
  const quiet = verdicts.filter((verdict) => !isTrouble(verdict));
  return [
    h(
      'section',
      { class: 'verdicts' },
      h('h2', {}, summary(verdicts)),
      listOf(verdicts.filter(isTrouble), parts),
      // What nobody has to look at is not in the way.
      quiet.length === 0 ? [] : h('details', {}, h('summary', {}, summary(quiet)), listOf(quiet, parts)),
    ),
  ];
}

function listOf(verdicts: readonly VerdictRecord[], parts: readonly PodPart[]): readonly Element[] {
  if (verdicts.length === 0) return [];
  const inOrder = ORDER.flatMap((outcome) => verdicts.filter((verdict) => verdict.outcome === outcome));
  return [
    h(
      'ul',
      {},
      inOrder.map((verdict) => item(verdict, parts)),
    ),
  ];
}

function summary(verdicts: readonly VerdictRecord[]): string {
  const counts = ORDER.flatMap((outcome): string | readonly string[] => {
    const count = verdicts.filter((one) => one.outcome === outcome).length;
    if (count === 0) return [];
    return outcome === 'notApplicable' && count > 1 ? `${count} do not apply` : `${count} ${WORDS[outcome]}`;
  });
  return counts.join(', ');
}

function item({ outcome, name, text, pod, at }: VerdictRecord, parts: readonly PodPart[]): Element {
  const part = pod === undefined ? undefined : parts[pod];
  const instant = at ?? part?.picture.end ?? 0;
  const where = part
    ? [' ', h('a', { href: link(part.picture.id, instant) }, `${podTitle(part)} at ${formatInstant(instant)}`)]
    : [];
  const badge = h('span', { class: `badge ${outcome}` }, WORDS[outcome]);
  return h('li', { class: outcome }, h('p', {}, badge, ' ', h('b', {}, name), ...where), ...worded(text));
}

/** A message is lines laid out under one another; a sentence is not. */
function worded(text: string | undefined): readonly Element[] {
  if (!text) return [];
  const shown = text.slice(0, TEXT_MAX).split('\n').map(printable).join('\n');
  return [
    h(shown.includes('\n') ? 'pre' : 'p', { class: 'text', ...(shown.includes('\n') && { tabindex: 0 }) }, shown),
  ];
}
