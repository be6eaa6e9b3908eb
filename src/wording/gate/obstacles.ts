import type { ContainerFact, ServiceFact } from './facts';
import { formatFrom, type MessageOf } from './message';

/** Reasons why a fault cannot be injected. */
export const OBSTACLES = {
  noService: 'no service was given that the pod talks to',
  noPort: ({ container }: ContainerFact) => `${container} has no port`,
  noCPURequest: ({ container }: ContainerFact) => `${container} requests no CPU`,
  noMemoryLimit: ({ container }: ContainerFact) => `${container} has no memory limit that it could exceed`,
  noBoundedVolume: ({ container }: ContainerFact) =>
    `${container} writes to nothing with a bound of its own: an emptyDir with medium Memory and a sizeLimit`,
  fixedNetwork: 'its network cannot be cut here',
  fixedService: ({ service }: ServiceFact) => `${service} cannot be cut off here`,
  fixedCPU: 'its CPU cannot be limited here',
  fixedMemory: 'its memory cannot be limited here',
  noCommands: 'nothing can be run in it here',
  unfilledVolume: ({ mountPath, output }: Readonly<Record<'mountPath' | 'output', string>>) =>
    `${mountPath} could not be filled: ${output || 'it took more than its sizeLimit'}`,
  enoughMemory: ({ container, mebi }: ContainerFact & { readonly mebi: number }) =>
    `${container} goes on with the ${mebi} MiB it has in use`,
} as const;

export type ObstacleMessage = MessageOf<typeof OBSTACLES>;

/** Returns why a fault cannot be injected. */
export function formatObstacle(obstacle: ObstacleMessage): string {
  return formatFrom(OBSTACLES, obstacle);
}
