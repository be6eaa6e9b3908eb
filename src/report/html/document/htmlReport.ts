import { printable } from '../../../escaping/terminal';
import { buildChart } from '../../chart/buildChart';
import type { PodRecord, RunReport } from '../../record/podRecord';
import { restoreTimeline } from '../../record/restoreTimeline';
import { type Element, h } from '../draw/node';
import { createPage } from './document';
import { matcherSection } from './matcherSection';
import { type PodPart, podSection } from './podSection';
import type { ResultRecord } from './resultRecord';
import { resultSections } from './resultSection';

/** Start of a page: its title, and the results of a gate. */
export interface ReportHead {
  readonly title?: string;
  readonly results?: readonly ResultRecord[];
  /** Counts and times of the whole run. */
  readonly totals?: string;
}

/**
 * Returns a report as one self-contained HTML page: the results, and a chart, events and logs for each pod.
 *
 * @throws Error if the package is incomplete.
 */
export function htmlReport(
  { pods, verdicts = [], notChecked = [] }: RunReport,
  { title = createTitle(pods), results = [], totals }: ReportHead = {},
): string {
  const parts = createParts(pods);
  const isOpen = findOpen(parts, [...verdicts, ...results.flatMap(({ findings }) => findings)]);
  return createPage({
    title,
    body: [
      ...resultSections(results, parts),
      ...(totals === undefined ? [] : [h('p', { class: 'totals' }, printable(totals))]),
      ...matcherSection(verdicts, parts),
      ...notCheckedSection(notChecked),
      ...parts.map((part, index) => podSection(part, { isOpen: isOpen.has(index) })),
    ],
    pictures: parts.map(({ picture }) => picture),
  });
}

function createParts(pods: readonly PodRecord[]): readonly PodPart[] {
  const known = new Map<string, number>();
  return pods.map((record) => {
    const count = (known.get(record.name) ?? 0) + 1;
    known.set(record.name, count);
    // Kubernetes does not allow two dots in a row in a name, so this ID is unique.
    const id = count === 1 ? record.name : `${record.name}..${count}`;
    const timeline = restoreTimeline(record);
    return { record, timeline, picture: buildChart(record, timeline, id) };
  });
}

const OPEN_AT_MOST = 3;

/** Finds the pods whose sections are open at first: the failed ones, or the first ones if none failed. */
function findOpen(
  parts: readonly PodPart[],
  verdicts: readonly { readonly outcome: string; readonly pod?: number | undefined }[],
): ReadonlySet<number> {
  const failed = verdicts.filter(({ outcome }) => outcome === 'failed').flatMap(({ pod }) => pod ?? []);
  const open = failed.length > 0 ? failed : parts.map((_, index) => index);
  return new Set([...new Set(open)].slice(0, OPEN_AT_MOST));
}

function createTitle(pods: readonly PodRecord[]): string {
  const [only] = pods;
  return pods.length === 1 && only ? `Report: pod ${only.name}` : `Report: ${pods.length} pods`;
}

/** Returns the list of what the checks did not cover, if there is anything. */
function notCheckedSection(notChecked: readonly string[]): readonly Element[] {
  if (notChecked.length === 0) return [];
  const lines = notChecked.map((line) => h('li', {}, printable(line)));
  return [h('section', { class: 'results' }, h('h2', {}, 'not checked'), h('ul', {}, lines))];
}
