import type { BackendObstacle } from '../timeline/backend';
import { formatFrom, type Words } from './message';

/** Returns why no Service sends requests to a pod. */
export function formatBackendObstacle(obstacle: BackendObstacle): string {
  return formatFrom(WORDS, obstacle);
}

const WORDS: Words<BackendObstacle> = {
  selectsNothing: ({ service, selector }) =>
    `Service ${JSON.stringify(service)} selects no pod: no workload of the manifest has the labels ${selector}`,
  unknownTargetPort: ({ service, port }) =>
    `Service ${JSON.stringify(service)} sends to the port ${JSON.stringify(port)}, but no container of the pod has a port with that name`,
};
