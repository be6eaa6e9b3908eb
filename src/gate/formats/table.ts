import { alignTabs } from '../../report/alignTabs';
import { seconds } from '../../report/seconds';
import type { Cell, Matrix } from '../model/matrix';

const OUTCOMES: Readonly<Record<Cell['outcome'], string>> = {
  right: 'right',
  wrong: 'WRONG',
  notApplicable: '–',
  notRun: '?',
};
const GAP = 3;

/** The matrix as a text: a row for each fault, and the score. */
export function matrixTable({ cells, score }: Matrix): string {
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

function row({ fault, target, noticedBy, noticedAfterMs, outcome, sentence }: Cell): readonly string[] {
  const after = noticedAfterMs === undefined ? '–' : seconds(noticedAfterMs);
  return [fault, target || '–', noticedBy ?? '–', after, OUTCOMES[outcome], sentence];
}
