import { printable } from '../escaping/terminal';
import { codeFrame, type Position, placeOf } from '../manifest/values/position';
import type { Severity } from './rule';
import type { FindingCode } from './rules';

/** Something that Kubernetes accepts and that is still wrong. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** `Deployment/checkout` */
  readonly workload: string;
  /** In Kubernetes' notation: `spec.template.spec.containers[0].livenessProbe.tcpSocket`. */
  readonly field: string;
  /** Effect of the setting, in one sentence. */
  readonly why: string;
  /** Fix, in one sentence. */
  readonly right: string;
  /** Absent where the manifest is an object and has no text. */
  readonly position?: Position;
}

/** Returns a finding as text: place, severity, code, reason, fix, and the line with carets under it. */
export function describeFinding({ code, severity, workload, field, why, right, position }: Finding): string {
  return [
    `${printable(position ? placeOf(position) : workload)}: ${severity}: ${code}: ${printable(field)}`,
    ...(position?.text ? [codeFrame(position)] : []),
    `  why:   ${printable(why)}`,
    `  right: ${printable(right)}`,
  ].join('\n');
}
