import { formatFrom, type MessageOf } from '../../message';
import type { ContainerFact, ServiceFact } from '../facts';

/** Names of experiments, as progress, reports and printed specs show them. */
export const EXPERIMENT_NAMES = {
  undisturbed: 'undisturbed',
  runsToCompletion: 'runs to completion',
  hangs: ({ container }: ContainerFact) => `${container} hangs`,
  startsSlowly: ({ container }: ContainerFact) => `${container} starts slowly`,
  underTraffic: 'under traffic',
  neighborHangs: ({ container }: ContainerFact) => `other containers while ${container} hangs`,
  serviceHangs: ({ service }: ServiceFact) => `dependency ${service} hangs`,
  crashes: ({ container }: ContainerFact) => `${container} crashes`,
  portClosed: ({ container }: ContainerFact) => `${container} with its port closed`,
  serviceCut: ({ service }: ServiceFact) => `dependency ${service} disconnected`,
  outOfMemory: ({ container }: ContainerFact) => `${container} out of memory`,
  cpuThrottled: ({ container }: ContainerFact) => `${container} throttled to its CPU request`,
  diskFull: ({ container }: ContainerFact) => `${container} with a full disk`,
} as const;

export type ExperimentName = MessageOf<typeof EXPERIMENT_NAMES>;

/** Returns the name of an experiment. */
export function formatExperiment(name: ExperimentName): string {
  return formatFrom(EXPERIMENT_NAMES, name);
}
