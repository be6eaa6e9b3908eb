import type { ProbeType } from '../../../timeline/event';
import { formatDuration } from '../../durations';
import { formatFrom, type MessageOf } from '../../message';
import type { ContainerFact, SecondsFact, ServiceFact } from '../facts';
import { type ExperimentName, formatExperiment } from './experiments';

/** Trials that reports do not name after their experiment. */
export const TRIALS = {
  undisturbed: 'undisturbed, then deleted',
  hangs: ({ container }: ContainerFact) => `${container} frozen`,
  startsSlowly: ({ container }: ContainerFact) => `${container} frozen during its start`,
  neighborHangs: ({ container }: ContainerFact) => `other containers while ${container} is frozen`,
  serviceHangs: ({ service }: ServiceFact) => `dependency ${service} frozen`,
  crashes: ({ container }: ContainerFact) => `${container} killed`,
  memoryPatch: ({ memory }: { readonly memory: string }) => `patch: memory ${memory}`,
  graceTrial: ({ seconds }: SecondsFact) => `patch: grace period ${formatDuration(seconds * 1_000)}`,
  sleepTrial: ({ seconds }: SecondsFact) => `patch: preStop sleep ${formatDuration(seconds * 1_000)}`,
  timeoutPatch: ({ seconds }: SecondsFact) => `patch: timeoutSeconds ${seconds}`,
  startPatch: ({ container }: ContainerFact) => `patch: more time to start ${container}`,
  measuredStart: ({ container }: ContainerFact) => `measurement: start of ${container}`,
  measuredResponse: ({ container, probe, seconds }: ContainerFact & SecondsFact & { readonly probe: ProbeType }) =>
    `measurement: ${probe} responses of ${container} within ${formatDuration(seconds * 1_000)}`,
} as const;

export type PodTrial = ExperimentName | MessageOf<typeof TRIALS>;

/** Returns the name of a trial. */
export function formatTrial(trial: PodTrial): string {
  return isNamedAfter(trial) ? formatExperiment(trial) : formatFrom(TRIALS, trial);
}

/** True if a report names the trial after its experiment. */
function isNamedAfter(trial: PodTrial): trial is Exclude<ExperimentName, { readonly kind: keyof typeof TRIALS }> {
  return !Object.hasOwn(TRIALS, trial.kind);
}
