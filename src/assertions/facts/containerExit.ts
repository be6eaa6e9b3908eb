import type { ContainerStateTerminated } from '../../timeline/podStatus';

/** The exit of a container, with what the assertions report of it. */
export interface ContainerExit extends Pick<ContainerStateTerminated, 'exitCode' | 'reason'> {
  readonly container: string;
}
