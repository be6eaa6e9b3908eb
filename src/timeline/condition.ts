import type { PodCondition, PodPhase, PodStatus } from './podStatus';

type Conditions = Pick<PodStatus, 'conditions'>;

export function conditionOf(status: Conditions | undefined, type: string): PodCondition | undefined {
  return status?.conditions.find((condition) => condition.type === type);
}

/** Returns whether the pod's Ready condition is True; a pod without a published status is not Ready. */
export function isReady(status: Conditions | undefined): boolean {
  return conditionOf(status, 'Ready')?.status === 'True';
}

/** Returns the phase in the API: a pod is created as Pending. */
export function phaseOf(status: PodStatus | undefined): PodPhase {
  return status?.phase ?? 'Pending';
}

/** Returns whether no other phase can follow. Source: api/v1/pod/util.go `IsPodPhaseTerminal`. */
export function isTerminal(phase: PodPhase): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}
