import type { Duration } from '../../clock/duration';
import { type Container, containersOf, isSidecar, type Pod } from '../../manifest/model';
import type { ServiceBackend } from '../../manifest/workload/backend';

/** A pod that the gate checks, and the options for it. */
export interface Subject {
  readonly pod: Pod;
  readonly backend: ServiceBackend;
  /** Names of the dependencies of the pod. */
  readonly services: readonly string[];
  /** Paths that clients request, if the user names them. */
  readonly paths?: readonly string[];
  /** Time during which clients send requests after the pod left the endpoints. */
  readonly endpointRemovalDelay: Duration;
  /** Value of the Deployment. Nothing else limits a start that only readiness checks. */
  readonly progressDeadlineSeconds?: number | undefined;
  /** The Kubernetes version that validates the manifest. */
  readonly kubernetesVersion: string;
}

/** Returns the long-running containers, which are the regular ones and the sidecars, in the order of their start. */
export function runningContainers({ pod: { spec } }: Subject): readonly Container[] {
  return containersOf(spec).filter((container) => !spec.initContainers.includes(container) || isSidecar(container));
}

/** True if the pod is expected to complete, so it does not stay Ready and needs no restarts. */
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
