import pluralize from 'pluralize';
import { jsonText } from '../../escaping/json';
import { printable, terminalText } from '../../escaping/terminal';
import { alignTabs } from '../../report/kubectl/alignTabs';
import { formatSeconds } from '../../wording/durations';
import type { CellReport, MatrixReport } from '../matrixReport';
import type { Cell } from '../model/matrix';

/** The result of each fault in a workload. */
export interface MatrixOfWorkload {
  /** `Deployment/checkout` */
  readonly workload: string;
  readonly matrix: MatrixReport;
}

/** Rises if a field is removed or changes its meaning. New fields do not change it. */
const VERSION = 1;

/** Returns a table for each workload. */
export function matricesAsText(matrices: readonly MatrixOfWorkload[]): string {
  const tables = matrices.map(({ workload, matrix }) => `${printable(workload)}\n\n${matrixTable(matrix)}`);
  return terminalText(tables.join('\n\n'));
}

/** Returns JSON for programs, such as one that keeps a score from falling. */
export function matricesAsJSON(matrices: readonly MatrixOfWorkload[]): string {
  const reported = matrices.map(({ workload, matrix }) => ({ workload, ...matrix }));
  return jsonText({ version: VERSION, matrices: reported }, 2);
}

const OUTCOMES: Readonly<Record<Cell['outcome'], string>> = {
  right: 'passed',
  wrong: 'FAILED',
  notApplicable: 'not applicable',
  notRun: 'not run',
};
const GAP = 3;

/** Returns a row for each fault, and the score. */
export function matrixTable({ cells, score }: MatrixReport): string {
  const head = ['FAULT', 'TARGET', 'DETECTED BY', 'AFTER', 'RESULT', ''];
  const rows = [head, ...cells.map(row)].map((columns) => columns.join('\t'));
  const rest = cells.length - score.of;
  const left = rest > 0 ? `, ${rest} without a result` : '';
  return [
    ...alignTabs(rows, GAP).map((line) => line.trimEnd()),
    '',
    `${score.right} of ${pluralize('fault', score.of, true)} passed${left}`,
  ].join('\n');
}

function row({ fault, target, noticedBy, noticedAfterMs, outcome, sentence }: CellReport): readonly string[] {
  const after = noticedAfterMs === undefined ? '–' : formatSeconds(noticedAfterMs);
  return [fault, target || '–', noticedBy ?? '–', after, OUTCOMES[outcome], sentence];
}
