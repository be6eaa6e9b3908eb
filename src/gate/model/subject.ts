import type { Duration } from '../../clock/duration';
import { type Container, containersOf, isSidecar, type Pod } from '../../manifest/model';
import type { ServiceBackend } from '../../manifest/workload/backend';

/** A pod that the gate checks, and the options for it. */
export interface Subject {
  readonly pod: Pod;
  readonly backend: ServiceBackend;
  /** The names of the services that the pod uses. */
  readonly services: readonly string[];
  /** The paths that clients request, if the user names them. */
  readonly paths?: readonly string[];
  /** How long clients send requests after the pod has left the endpoints. */
  readonly endpointRemovalDelay: Duration;
  /** The Deployment's, if it sets one: nothing else limits a start that only readiness watches. */
  readonly progressDeadlineSeconds?: number | undefined;
  /** The Kubernetes version that validates the manifest. */
  readonly kubernetesVersion: string;
}

/** Returns the containers that keep running: the regular ones and the sidecars, in the order of their start. */
export function runningContainers({ pod: { spec } }: Subject): readonly Container[] {
  return containersOf(spec).filter((container) => !spec.initContainers.includes(container) || isSidecar(container));
}

/** True if the pod is meant to complete: nothing then stays Ready, and nothing has to be restarted. */
export function runsToCompletion({ pod: { spec } }: Subject): boolean {
  return spec.restartPolicy !== 'Always';
}

/** Returns the path of a container in the pod: `spec.containers[0]`. */
export function pathOf({ pod: { spec } }: Subject, container: string): string {
  const index = spec.containers.findIndex(({ name }) => name === container);
  if (index >= 0) return `spec.containers[${index}]`;
  return `spec.initContainers[${spec.initContainers.findIndex(({ name }) => name === container)}]`;
}

/** True if a result about the endpoints assumes a Service that selects the pod. */
export function isServiceAssumed({ backend: { isAssumed } }: Subject): boolean {
  return isAssumed === true;
}
