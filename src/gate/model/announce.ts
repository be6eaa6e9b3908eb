import { sleptSeconds } from '../../manifest/facts/sleptSeconds';
import { containersOf, type PodSpec } from '../../manifest/model';
import type { WaitLimit } from '../../timing/waits';
import { roundDuration } from '../../wording/durations';

/** A wait that is over before anybody wonders needs no announcement. */
const LONG_MS = 5_000;

/** `Ready (up to 1 m)` for a wait with a long limit, and `Ready (up to 10 m, progressDeadlineSeconds)` if one field sets it. */
export function announceWait(what: string, limit: number | WaitLimit): string {
  const { ms, terms } = typeof limit === 'number' ? { ms: limit, terms: [] } : limit;
  if (ms <= LONG_MS) return what;
  const field = terms.find(({ name }) => name === 'progressDeadlineSeconds' || name === 'activeDeadlineSeconds')?.name;
  return `${what} (${[`up to ${roundDuration(ms)}`, field].filter(Boolean).join(', ')})`;
}

/** Announces how long a pod may take to terminate, and a hook that sleeps for a part of it. */
export function announceDeletion(spec: PodSpec): string {
  const { terminationGracePeriodSeconds: grace = 0 } = spec;
  const hooks = sleepsIn(spec, 'preStop').map(({ name, ms }) => `preStop of ${name} sleeps ${roundDuration(ms)}`);
  const limit = grace * 1_000 > LONG_MS ? [`grace period ${roundDuration(grace * 1_000)}`] : [];
  const told = [...hooks, ...limit].join(', ');
  return told ? `the pod to end (${told})` : 'the pod to end';
}

/** Announces the postStart hooks that sleep before a pod can be Ready. */
export function announceStart(spec: PodSpec): string {
  const hooks = sleepsIn(spec, 'postStart').map(({ name, ms }) => `postStart of ${name} sleeps ${roundDuration(ms)}`);
  return ['Ready', ...hooks].join(', ');
}

function sleepsIn(spec: PodSpec, hook: 'postStart' | 'preStop') {
  return containersOf(spec).flatMap(({ name, lifecycle }) => {
    const handler = lifecycle?.[hook];
    const ms = (handler?.sleep?.seconds ?? (handler && sleptSeconds(handler)) ?? 0) * 1_000;
    return ms > LONG_MS ? [{ name, ms }] : [];
  });
}
