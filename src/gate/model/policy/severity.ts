import type { Severity } from '../../../lint/rule';

/** Severities, worst first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** True if a severity is at least `failOn`. */
export function failsFrom(severity: Severity, failOn: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
}
