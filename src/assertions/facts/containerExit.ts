import type { ContainerStateTerminated } from '../../timeline/podStatus';

/** Exit of a container, as assertions report it. */
export interface ContainerExit extends Pick<ContainerStateTerminated, 'exitCode' | 'reason'> {
  readonly container: string;
}
