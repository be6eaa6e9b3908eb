import type { BackendObstacle } from '../timeline/backend';
import { formatFrom, type Words } from './message';

/** Returns why no Service sends requests to a pod. */
export function formatBackendObstacle(obstacle: BackendObstacle): string {
  return formatFrom(WORDS, obstacle);
}

const WORDS: Words<BackendObstacle> = {
  selectsNothing: ({ service, selector }) => `Service ${JSON.stringify(service)} ${formatSelectsNothing(selector)}`,
  unknownTargetPort: ({ service, port }) => `Service ${JSON.stringify(service)} ${formatUnknownTarget(port)}`,
};

/** Returns why a Service has no pods, without its name. */
export function formatSelectsNothing(selector: string): string {
  return `selects no pod: no workload of the manifest has the labels ${selector}`;
}

/** Returns why a Service reaches no port, without its name. */
export function formatUnknownTarget(port: string): string {
  return `sends to the port ${JSON.stringify(port)}, but no container of the pod has a port with that name`;
}
