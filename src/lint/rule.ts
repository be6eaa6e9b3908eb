import type { DroppedField } from '../manifest/admission/disabledFields';
import type { Pod } from '../manifest/model';
import type { ApiServer } from '../manifest/values/apiServer';
import type { FieldPath } from '../manifest/values/fieldPath';
import type { Service } from '../manifest/workload/services';

/**
 * Severity of a setting: `error` if it never works, `warning` if it can cause an outage, and `info` if it depends on
 * your app.
 */
export type Severity = 'error' | 'warning' | 'info';

/** Subject of a rule: a valid pod with its defaults filled in. */
export interface LintSubject {
  readonly pod: Pod;
  /** Services of the same manifest that send traffic to the pod. */
  readonly services: readonly Service[];
  /** Fields of the pod that the API server drops without an error. */
  readonly dropped: readonly DroppedField[];
  /** The cluster that takes the pod. */
  readonly server: ApiServer;
}

/** Finding of a rule, before its place is known. */
export interface RuleFinding {
  /** Path in the pod's spec: `containers[0].livenessProbe.periodSeconds`. */
  readonly path: FieldPath;
  readonly severity: Severity;
  /** Effect of the setting: one sentence, with the numbers. */
  readonly why: string;
  /** Fix: one sentence, with the numbers. */
  readonly fix: string;
}

/** Rule that finds one mistake in a valid manifest. */
export interface LintRule<Code extends string = string> {
  /** Stable name. Tests use it, and docs/lint.md explains it. */
  readonly code: Code;
  readonly find: (subject: LintSubject) => readonly RuleFinding[];
}

export function rule<const Code extends string>(code: Code, find: LintRule['find']): LintRule<Code> {
  return { code, find };
}
