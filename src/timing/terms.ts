/** A summand of a limit: `2 × 10s` of the startup probe. */
export interface Term {
  readonly name: TermName;
  readonly times: number;
  readonly ms: number;
}

/** Summands that count several times: one sum for each restart. */
export interface Repeated {
  readonly name: 'repeated';
  readonly times: number;
  readonly terms: Terms;
}

/** The summands of a limit, in the order in which they pass. A message prints the sum that was computed. */
export type Terms = readonly (Term | Repeated)[];

/** The manifest's field, the kubelet's rule or our own default that a summand comes from. */
export type TermName =
  | 'startupProbe'
  | 'livenessProbe'
  | 'readinessProbe'
  | 'postStart'
  | 'grace period'
  | 'minimum grace period'
  | 'activeDeadlineSeconds'
  | 'progressDeadlineSeconds'
  | 'back-off'
  | 'default'
  | 'allowance';

/** Returns one summand that counts once. */
export function term(name: TermName, ms: number): Terms {
  return [{ name, times: 1, ms }];
}

/** Sums up in milliseconds. */
export function sumOf(terms: Terms): number {
  return terms.reduce((sum, each) => sum + each.times * (each.name === 'repeated' ? sumOf(each.terms) : each.ms), 0);
}
