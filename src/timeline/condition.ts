import type { PodCondition, PodPhase, PodStatus } from './podStatus';

type Conditions = Pick<PodStatus, 'conditions'>;

export function conditionOf(status: Conditions | undefined, type: string): PodCondition | undefined {
  return status?.conditions.find((condition) => condition.type === type);
}

/** Whether the pod's Ready condition is True; a pod of which nothing is published is not. */
export function isReady(status: Conditions | undefined): boolean {
  return conditionOf(status, 'Ready')?.status === 'True';
}

/** The phase the API shows: a pod is created as Pending. */
export function phaseOf(status: PodStatus | undefined): PodPhase {
  return status?.phase ?? 'Pending';
}

/** Whether no other phase can follow. Source: api/v1/pod/util.go `IsPodPhaseTerminal`. */
export function isTerminal(phase: PodPhase): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}
