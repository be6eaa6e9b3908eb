import type { Unobserved } from '../../../assertions/events/attempts';
import { attemptsText } from '../../attempts';
import { formatRoughly } from '../../durations';
import type { ContainerFact, DurationFact, WhyFact } from '../facts';
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
    const how = isByRestart ? ', when its liveness probe has it restarted: readiness comes later' : '';
    return `when ${container} hangs, the pod leaves the endpoints after ${formatRoughly(tookMs)}${how}${formatAssumed(isAssumed)}`;
  },
  staysInEndpoints: ({ container, miss }: ContainerFact & { readonly miss: Miss }) =>
    `when ${container} hangs, the pod goes on getting requests: ${formatMiss(miss)}`,
  neverInEndpoints: ({ obstacle }: { readonly obstacle: string }) => `the pod is never in the endpoints: ${obstacle}`,
  hangDetected: ({
    container,
    tookMs,
    pauseMs,
  }: ContainerFact & DurationFact & { readonly pauseMs: number | undefined }) => {
    const pause =
      pauseMs === undefined ? '' : `; a pause of ${formatRoughly(pauseMs)} is enough for its liveness probe to kill it`;
    return `when ${container} hangs, it is restarted after ${formatRoughly(tookMs)}${pause}`;
  },
  hangMissed: ({ container, miss }: ContainerFact & { readonly miss: Miss }) =>
    `when ${container} hangs, it hangs for ever: ${formatMiss(miss)}`,
  hangUnobserved: ({ unobserved }: { readonly unobserved: Unobserved }) =>
    `when ${unobserved.container} hangs, ${attemptsText(unobserved)}`,
  readyAgain: ({ effect, tookMs }: AfterFault & DurationFact) =>
    `${formatRoughly(tookMs)} after ${formatFaultEffect(effect)}, the pod is Ready again`,
  notReadyAgain: ({ effect, why }: AfterFault & WhyFact) =>
    `the pod is not Ready again after ${formatFaultEffect(effect)}: ${why}`,
  restartedAfterCrash: ({ container, tookMs }: ContainerFact & DurationFact) =>
    `when ${container} crashes, it is restarted after ${formatRoughly(tookMs)}`,
  notRestartedAfterCrash: ({ container, why }: ContainerFact & WhyFact) =>
    `when ${container} crashes, it is not restarted: ${why}`,
  startedBefore: ({ container, isExec }: ContainerFact & { readonly isExec: boolean }) =>
    `${container} was up before it could be slowed down${isExec ? ', or its startup probe asks nothing of it' : ''}`,
  beyondBudget: ({ container, slowMs }: SlowStartFact) =>
    `${container} itself takes more than half of what its startup probe allows: a start that is ${formatRoughly(slowMs)} slower is beyond that`,
  slowStartKept: ({ container, slowMs }: SlowStartFact) =>
    `a start of ${container} that takes ${formatRoughly(slowMs)} longer is waited for`,
  slowStartFails: ({ container, slowMs, why }: SlowStartFact & WhyFact) =>
    `a start of ${container} that takes ${formatRoughly(slowMs)} longer fails: ${why}`,
} as const;
