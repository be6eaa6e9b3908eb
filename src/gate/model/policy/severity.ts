import type { Severity } from '../../../lint/rule';

/** From the worst on. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** Returns whether something of that severity fails a gate that fails from `failOn` on. */
export function failsFrom(severity: Severity, failOn: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
}
