import { type Matrix, matrixTable } from '../matrix';

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
  return matrices.map(({ workload, matrix }) => `${workload}\n\n${matrixTable(matrix)}`).join('\n\n');
}

/** For programs, such as one that keeps a score from falling. */
export function matricesAsJSON(matrices: readonly MatrixOfWorkload[]): string {
  const told = matrices.map(({ workload, matrix }) => ({ workload, ...matrix }));
  return JSON.stringify({ version: VERSION, matrices: told }, undefined, 2);
}
