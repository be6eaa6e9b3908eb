import type { ContainerStatus } from './podStatus';
import type { Timeline } from './timeline';

/** Returns the last published status of a container, or undefined if there is none. */
export function containerStatusOf({ status }: Timeline, container: string): ContainerStatus | undefined {
  const { initContainerStatuses = [], containerStatuses = [] } = status ?? {};
  return [...initContainerStatuses, ...containerStatuses].find(({ name }) => name === container);
}
