import { FAULT_TEXTS } from '../wording/gate/faults';
import { formatReaction } from '../wording/gate/reactions';
import type { Cell, Matrix } from './model/matrix';

/** The result of one fault in a report. */
export interface CellReport extends Omit<Cell, 'fault' | 'message'> {
  readonly fault: string;
  readonly sentence: string;
}

export interface MatrixReport extends Omit<Matrix, 'cells'> {
  readonly cells: readonly CellReport[];
}

/** Returns a matrix for reports. `hide` removes from a text what the pod's Secrets hold. */
export function toMatrixReport({ cells, score }: Matrix, hide: (text: string) => string): MatrixReport {
  return {
    cells: cells.map(({ fault, message, ...cell }) => ({
      fault: FAULT_TEXTS[fault].name,
      ...cell,
      sentence: hide(formatReaction(message)),
    })),
    score,
  };
}
