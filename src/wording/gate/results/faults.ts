import type { Unobserved } from '../../../assertions/events/attempts';
import type { BackendObstacle } from '../../../timeline/backend';
import { attemptsText } from '../../attempts';
import { formatBackendObstacle } from '../../backendObstacle';
import { formatRoughly } from '../../durations';
import { formatReasonOrReceived } from '../../facts/reason';
import type { ContainerFact, DurationFact, ResultFact } from '../facts';
import { type FaultEffect, formatFaultEffect } from '../progress/effects';
import { formatAssumed } from './assumed';
import { formatMiss, type Miss } from './misses';

interface SlowStartFact extends ContainerFact {
  readonly slowMs: number;
}

interface AfterFault {
  readonly effect: FaultEffect;
}

interface LeftEndpoints extends ContainerFact, DurationFact {
  /** True if the readiness probe failed only after the restart. */
  readonly isByRestart: boolean;
  readonly isAssumed: boolean;
}

/** Results about a container with a fault. */
export const FAULT_RESULTS = {
  leavesEndpoints: ({ container, tookMs, isByRestart, isAssumed }: LeftEndpoints) => {
    const why = isByRestart ? ' because the liveness probe restarts it before the readiness probe fails' : '';
    return `the pod leaves the endpoints ${formatRoughly(tookMs)} after ${container} hangs${why}${formatAssumed(isAssumed)}`;
  },
  staysInEndpoints: ({ container, miss }: ContainerFact & { readonly miss: Miss }) =>
    `the pod keeps receiving requests while ${container} hangs: ${formatMiss(miss)}`,
  neverInEndpoints: ({ obstacle }: { readonly obstacle: BackendObstacle }) =>
    `the pod is never in the endpoints: ${formatBackendObstacle(obstacle)}`,
  hangDetected: ({
    container,
    tookMs,
    pauseMs,
  }: ContainerFact & DurationFact & { readonly pauseMs: number | undefined }) => {
    const sentence = `${container} restarts ${formatRoughly(tookMs)} after it hangs`;
    if (pauseMs === undefined) return sentence;
    return `${sentence}. A pause of ${formatRoughly(pauseMs)} is enough for its liveness probe to kill it.`;
  },
  hangNotDetected: ({ container, miss }: ContainerFact & { readonly miss: Miss }) =>
    `the liveness probe of ${container} does not detect that ${container} hangs: ${formatMiss(miss)}`,
  hangNotObserved: ({ unobserved }: { readonly unobserved: Unobserved }) =>
    `${attemptsText(unobserved)} while ${unobserved.container} hung`,
  readyAgain: ({ effect, tookMs }: AfterFault & DurationFact) =>
    `the pod is Ready again ${formatRoughly(tookMs)} after ${formatFaultEffect(effect)}`,
  notReadyAgain: ({ effect, result }: AfterFault & ResultFact) =>
    `the pod is not Ready again after ${formatFaultEffect(effect)}: ${formatReasonOrReceived(result)}`,
  restartedAfterCrash: ({ container, tookMs }: ContainerFact & DurationFact) =>
    `${container} restarts ${formatRoughly(tookMs)} after it crashes`,
  notRestartedAfterCrash: ({ container, result }: ContainerFact & ResultFact) =>
    `${container} does not restart after it crashes: ${formatReasonOrReceived(result)}`,
  startedBefore: ({ container, isExec }: ContainerFact & { readonly isExec: boolean }) =>
    `${container} started before its start could be slowed down${isExec ? ', or its startup probe needs no response from it' : ''}`,
  beyondBudget: ({ container, slowMs }: SlowStartFact) =>
    `${container} already uses more than half of the time that its startup probe allows, so a start that takes ${formatRoughly(slowMs)} longer exceeds that time`,
  slowStartSurvived: ({ container, slowMs }: SlowStartFact) =>
    `a start of ${container} that takes ${formatRoughly(slowMs)} longer succeeds`,
  slowStartFails: ({ container, slowMs, result }: SlowStartFact & ResultFact) =>
    `a start of ${container} that takes ${formatRoughly(slowMs)} longer fails: ${formatReasonOrReceived(result)}`,
} as const;
