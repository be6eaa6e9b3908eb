import { jsonText } from '../../escaping/json';
import type { GateReport } from '../gateResult';

/** Rises when a field changes its meaning or goes; new fields do not change it. */
const VERSION = 1;

/** For programs: the whole report, as docs/gate.md describes it. */
export function asJSON(report: GateReport): string {
  return jsonText({ version: VERSION, ...report }, 2);
}
