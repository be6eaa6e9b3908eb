import { sleptSeconds } from '../../manifest/facts/sleptSeconds';
import { containersOf, type PodSpec } from '../../manifest/model';
import type { WaitMessage } from '../../wording/gate/progress/announcements';

/** A shorter hook or grace period needs no announcement. */
const LONG_MS = 5_000;

/** Announces how long a pod may take to terminate, and the hooks that sleep for a part of it. */
export function deletionWait(spec: PodSpec): WaitMessage {
  const graceMs = (spec.terminationGracePeriodSeconds ?? 0) * 1_000;
  return { kind: 'deletion', hooks: sleepsIn(spec, 'preStop'), ...(graceMs > LONG_MS && { graceMs }) };
}

/** Announces the postStart hooks that sleep before a pod can be Ready. */
export function startWait(spec: PodSpec): WaitMessage {
  return { kind: 'start', hooks: sleepsIn(spec, 'postStart') };
}

function sleepsIn(spec: PodSpec, hook: 'postStart' | 'preStop') {
  return containersOf(spec).flatMap(({ name, lifecycle }) => {
    const handler = lifecycle?.[hook];
    const ms = (handler?.sleep?.seconds ?? (handler && sleptSeconds(handler)) ?? 0) * 1_000;
    return ms > LONG_MS ? [{ container: name, ms }] : [];
  });
}
