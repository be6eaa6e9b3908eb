import { printable } from '../../../escaping/terminal';
import { buildChart } from '../../chart/buildChart';
import type { PodRecord, RunReport } from '../../record/podRecord';
import { timelineOfRecord } from '../../record/timelineOfRecord';
import { type Element, h } from '../draw/node';
import { page } from './document';
import { verdictSection } from './matcherSection';
import { type PodPart, podSection } from './podSection';
import type { ResultRecord } from './resultRecord';
import { resultSections } from './resultSection';

/** What a page begins with, if a gate has judged its pods. */
export interface ReportHead {
  readonly title?: string;
  readonly results?: readonly ResultRecord[];
  /** The counts and times of the whole. */
  readonly totals?: string;
}

/**
 * A report as one HTML page that needs nothing else: the verdicts, and each pod's life as a picture, a story and a log.
 *
 * @throws Error where the package is not complete.
 */
export function htmlReport(
  { pods, verdicts = [], notChecked = [] }: RunReport,
  { title = titleOf(pods), results = [], totals }: ReportHead = {},
): string {
  const parts = partsOf(pods);
  const isOpen = opened(parts, [...verdicts, ...results.flatMap(({ findings }) => findings)]);
  return page({
    title,
    body: [
      ...resultSections(results, parts),
      ...(totals === undefined ? [] : [h('p', { class: 'totals' }, printable(totals))]),
      ...verdictSection(verdicts, parts),
      ...notCheckedSection(notChecked),
      ...parts.map((part, index) => podSection(part, { isOpen: isOpen.has(index) })),
    ],
    pictures: parts.map(({ picture }) => picture),
  });
}

function partsOf(pods: readonly PodRecord[]): readonly PodPart[] {
  const known = new Map<string, number>();
  return pods.map((record) => {
    const count = (known.get(record.name) ?? 0) + 1;
    known.set(record.name, count);
    // A dot cannot be in a pod's last label twice in a row, so no other pod is named like this.
    const id = count === 1 ? record.name : `${record.name}..${count}`;
    const timeline = timelineOfRecord(record);
    return { record, timeline, picture: buildChart(record, timeline, id) };
  });
}

const OPEN_AT_MOST = 3;

/** The pods shown at once: those of what failed, else the first. */
function opened(
  parts: readonly PodPart[],
  verdicts: readonly { readonly outcome: string; readonly pod?: number | undefined }[],
): ReadonlySet<number> {
  const failed = verdicts.filter(({ outcome }) => outcome === 'failed').flatMap(({ pod }) => pod ?? []);
  const wanted = failed.length > 0 ? failed : parts.map((_, index) => index);
  return new Set([...new Set(wanted)].slice(0, OPEN_AT_MOST));
}

function titleOf(pods: readonly PodRecord[]): string {
  const [only] = pods;
  return pods.length === 1 && only ? `${only.name}: a pod’s life` : `${pods.length} pods’ lives`;
}

/** What the checks did not cover, a line each; nothing if they covered all. */
function notCheckedSection(notChecked: readonly string[]): readonly Element[] {
  if (notChecked.length === 0) return [];
  const lines = notChecked.map((line) => h('li', {}, printable(line)));
  return [h('section', { class: 'verdicts' }, h('h2', {}, 'not checked'), h('ul', {}, lines))];
}
