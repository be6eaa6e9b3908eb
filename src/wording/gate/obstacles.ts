import { formatFrom, type MessageOf } from '../message';
import type { ContainerFact, ServiceFact } from './facts';

/** Reasons why a fault cannot be injected. */
export const OBSTACLES = {
  noService: '--service names no dependency of the pod',
  noPort: ({ container }: ContainerFact) => `${container} has no port`,
  noCPURequest: ({ container }: ContainerFact) => `${container} has no CPU request`,
  noMemoryLimit: ({ container }: ContainerFact) => `${container} has no memory limit`,
  noBoundedVolume: ({ container }: ContainerFact) =>
    `${container} mounts no volume with its own size limit: an emptyDir with medium Memory and a sizeLimit of up to 256Mi`,
  cannotDisconnect: 'the network of the pod cannot be disconnected here',
  cannotDisconnectService: ({ service }: ServiceFact) => `the dependency ${service} cannot be disconnected here`,
  cannotLimitCPU: 'the CPU of the container cannot be limited here',
  cannotLimitMemory: 'the memory of the container cannot be limited here',
  cannotRunCommands: 'the container cannot run commands here',
  unfilledVolume: ({ mountPath, output }: Readonly<Record<'mountPath' | 'output', string>>) =>
    `failed to fill ${mountPath}: ${output || 'the volume accepted more than its sizeLimit'}`,
  enoughMemory: ({ container, mebi }: ContainerFact & { readonly mebi: number }) =>
    `${container} keeps running with a memory limit of ${mebi}Mi`,
} as const;

export type ObstacleMessage = MessageOf<typeof OBSTACLES>;

/** Returns why a fault cannot be injected. */
export function formatObstacle(obstacle: ObstacleMessage): string {
  return formatFrom(OBSTACLES, obstacle);
}
