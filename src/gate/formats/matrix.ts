import { jsonText } from '../../escaping/json';
import { printable, terminalText } from '../../escaping/terminal';
import { type Matrix, matrixTable } from '../runner/runMatrix';

/** What came of doing each fault to a workload. */
export interface MatrixOfWorkload {
  /** `Deployment/checkout` */
  readonly workload: string;
  readonly matrix: Matrix;
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
