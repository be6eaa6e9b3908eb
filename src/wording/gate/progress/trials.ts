import type { ProbeType } from '../../../timeline/event';
import type { ContainerFact, SecondsFact, ServiceFact } from '../facts';
import { formatFrom, type MessageOf } from '../message';
import { type ExperimentName, formatExperiment } from './experiments';

/** Trials that reports do not name after their experiment. */
export const TRIALS = {
  leftAlone: 'left alone, then deleted',
  hangs: ({ container }: ContainerFact) => `${container} frozen`,
  startsSlowly: ({ container }: ContainerFact) => `${container} frozen while it starts`,
  neighborHangs: ({ container }: ContainerFact) => `${container} frozen, others watched`,
  serviceHangs: ({ service }: ServiceFact) => `the service ${service} frozen, others watched`,
  crashes: ({ container }: ContainerFact) => `${container} killed`,
  memoryPatch: ({ memory }: { readonly memory: string }) => `patch: memory ${memory}`,
  graceTrial: ({ seconds }: SecondsFact) => `patch: grace period ${seconds}s`,
  sleepTrial: ({ seconds }: SecondsFact) => `patch: preStop sleep ${seconds}s`,
  timeoutPatch: ({ seconds }: SecondsFact) => `patch: timeoutSeconds ${seconds}`,
  startPatch: ({ container }: ContainerFact) => `patch: more time to start ${container}`,
  measuredStart: ({ container }: ContainerFact) => `measure: the start of ${container}`,
  measuredResponse: ({ container, probe, seconds }: ContainerFact & SecondsFact & { readonly probe: ProbeType }) =>
    `measure: ${probe} of ${container} with ${seconds}s to respond`,
} as const;

export type PodTrial = ExperimentName | MessageOf<typeof TRIALS>;

/** Returns what is tried on a pod. */
export function formatTrial(trial: PodTrial): string {
  return isNamedAfter(trial) ? formatExperiment(trial) : formatFrom(TRIALS, trial);
}

/** True if a report names the trial after its experiment. */
function isNamedAfter(trial: PodTrial): trial is Exclude<ExperimentName, { readonly kind: keyof typeof TRIALS }> {
  return !Object.hasOwn(TRIALS, trial.kind);
}
