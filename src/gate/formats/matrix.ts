import { jsonText } from '../../escaping/json';
import { printable, terminalText } from '../../escaping/terminal';
import { alignTabs } from '../../report/kubectl/alignTabs';
import { formatSeconds } from '../../wording/durations';
import type { CellReport, MatrixReport } from '../matrixReport';
import type { Cell } from '../model/matrix';

/** What came of doing each fault to a workload. */
export interface MatrixOfWorkload {
  /** `Deployment/checkout` */
  readonly workload: string;
  readonly matrix: MatrixReport;
}

/** Rises when a field changes its meaning or goes; new fields do not change it. */
const VERSION = 1;

/** For people: a table for each workload. */
export function matricesAsText(matrices: readonly MatrixOfWorkload[]): string {
  const tables = matrices.map(({ workload, matrix }) => `${printable(workload)}\n\n${matrixTable(matrix)}`);
  return terminalText(tables.join('\n\n'));
}

/** For programs, such as one that keeps a score from falling. */
export function matricesAsJSON(matrices: readonly MatrixOfWorkload[]): string {
  const told = matrices.map(({ workload, matrix }) => ({ workload, ...matrix }));
  return jsonText({ version: VERSION, matrices: told }, 2);
}

const OUTCOMES: Readonly<Record<Cell['outcome'], string>> = {
  right: 'right',
  wrong: 'WRONG',
  notApplicable: '–',
  notRun: '?',
};
const GAP = 3;

/** A row for each fault, and the score. */
export function matrixTable({ cells, score }: MatrixReport): string {
  const head = ['FAULT', 'DONE TO', 'NOTICED BY', 'AFTER', 'REACTION', ''];
  const rows = [head, ...cells.map(row)].map((columns) => columns.join('\t'));
  const rest = cells.length - score.of;
  const left = rest > 0 ? `; ${rest} could not be asked for` : '';
  return [
    ...alignTabs(rows, GAP).map((line) => line.trimEnd()),
    '',
    `${score.right} of ${score.of} reactions are right${left}`,
  ].join('\n');
}

function row({ fault, target, noticedBy, noticedAfterMs, outcome, sentence }: CellReport): readonly string[] {
  const after = noticedAfterMs === undefined ? '–' : formatSeconds(noticedAfterMs);
  return [fault, target || '–', noticedBy ?? '–', after, OUTCOMES[outcome], sentence];
}
