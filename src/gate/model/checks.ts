/** The id of every check of the gate, in the order of the report. */
export const CHECK_IDS = [
  'valid',
  'lint',
  'ready-in-budget',
  'stays-ready',
  'probes-run',
  'init-order',
  'startup-gates',
  'hooks-run',
  'liveness-detects-hang',
  'liveness-detects-crash',
  'readiness-leaves-endpoints',
  'recovers',
  'probe-independence',
  'serves-clients',
  'memory',
  'reaps-processes',
  'restart-policy',
  'terminates-in-grace',
  'drains',
] as const;

export type CheckId = (typeof CHECK_IDS)[number];

export function isCheckId(id: string): id is CheckId {
  return (CHECK_IDS as readonly string[]).includes(id);
}
