import type { ContainerFact, ServiceFact } from '../facts';
import { formatFrom, type MessageOf } from '../message';

/** Names of experiments, as progress, reports and printed specs show them. */
export const EXPERIMENT_NAMES = {
  leftAlone: 'left alone',
  runsToCompletion: 'runs to completion',
  hangs: ({ container }: ContainerFact) => `${container} hangs`,
  startsSlowly: ({ container }: ContainerFact) => `${container} starts slowly`,
  underTraffic: 'under traffic',
  neighborHangs: ({ container }: ContainerFact) => `${container} hangs, others watched`,
  serviceHangs: ({ service }: ServiceFact) => `the service ${service} hangs, others watched`,
  crashes: ({ container }: ContainerFact) => `${container} crashes`,
  portClosed: ({ container }: ContainerFact) => `${container} without its port`,
  serviceCut: ({ service }: ServiceFact) => `the service ${service} cut off`,
  outOfMemory: ({ container }: ContainerFact) => `${container} out of memory`,
  cpuThrottled: ({ container }: ContainerFact) => `${container} with the CPU of its request`,
  diskFull: ({ container }: ContainerFact) => `${container} with a full disk`,
} as const;

export type ExperimentName = MessageOf<typeof EXPERIMENT_NAMES>;

/** Returns the name of an experiment. */
export function formatExperiment(name: ExperimentName): string {
  return formatFrom(EXPERIMENT_NAMES, name);
}
