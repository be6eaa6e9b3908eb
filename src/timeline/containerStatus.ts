import type { ContainerStatus } from './podStatus';
import type { Timeline } from './timeline';

/** What was last published of a container; undefined where nothing was. */
export function containerStatusOf({ status }: Timeline, container: string): ContainerStatus | undefined {
  const { initContainerStatuses = [], containerStatuses = [] } = status ?? {};
  return [...initContainerStatuses, ...containerStatuses].find(({ name }) => name === container);
}
