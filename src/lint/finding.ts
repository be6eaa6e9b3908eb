import { printable } from '../escaping/terminal';
import { codeFrame, type Position, placeOf } from '../manifest/values/position';
import type { Severity } from './rule';
import type { FindingCode } from './rules';

/** Setting that Kubernetes accepts, but that is harmful. */
export interface Finding {
  /** Code of the finding. docs/lint.md has a section for each. */
  readonly code: FindingCode;
  /** Severity of the setting. */
  readonly severity: Severity;
  /** Workload with the setting, such as `Deployment/checkout`. */
  readonly workload: string;
  /** Field in Kubernetes' notation: `spec.template.spec.containers[0].livenessProbe.tcpSocket`. */
  readonly field: string;
  /** Effect of the setting, in one sentence. */
  readonly why: string;
  /** Fix, in one sentence. */
  readonly fix: string;
  /** Place in the text. Absent if the manifest is an object. */
  readonly position?: Position;
}

/** Returns a finding as text: place, severity, code, reason, fix, and the line with carets under it. */
export function describeFinding({ code, severity, workload, field, why, fix, position }: Finding): string {
  return [
    `${printable(position ? placeOf(position) : workload)}: ${severity}: ${code}: ${printable(field)}`,
    ...(position?.text ? [codeFrame(position)] : []),
    `  why: ${printable(why)}`,
    `  fix: ${printable(fix)}`,
  ].join('\n');
}
