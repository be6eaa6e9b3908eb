import type { GateReport } from '../verdict';

/** Rises when a field changes its meaning or goes; new fields do not change it. */
const VERSION = 1;

/** For programs: the whole report, as docs/gate.md describes it. */
export function asJSON(report: GateReport): string {
  return JSON.stringify({ version: VERSION, ...report }, undefined, 2);
}
