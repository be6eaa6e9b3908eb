import { type Container, isSidecar, type Pod, type PodSpec } from '../../manifest/model';
import { parseQuantity } from '../../manifest/values/quantity';
import { behaviorOf } from '../behavior/behaviorOf';
import type { Allocatable, KubeletConfig } from '../behavior/config';

type Resource = keyof Allocatable;

/** In the order of the scheduler's own message. */
const RESOURCES: readonly Resource[] = ['cpu', 'memory'];

/**
 * Returns why the only node does not take a pod, in the scheduler's words; undefined if it does.
 *
 * Source: scheduler/framework/types.go `FitError`; plugins/noderesources/fit.go `fitsRequest`, which since 1.34 knows
 * that what exceeds the whole node is not helped by taking others from it.
 */
export function findUnschedulable({ spec }: Pod, config: Pick<KubeletConfig, 'allocatable' | 'kubernetesVersion'>) {
  const lacking = RESOURCES.filter((resource) => {
    const has = parseQuantity(config.allocatable?.[resource] ?? '');
    return has !== undefined && podRequest(spec, resource) > has.nanos;
  });
  if (lacking.length === 0) return undefined;
  const reasons = lacking.map((resource) => `1 Insufficient ${resource}`).join(', ');
  const preemption = behaviorOf(config.kubernetesVersion).schedulerRulesOutPreemption
    ? 'Preemption is not helpful for scheduling'
    : 'No preemption victims found for incoming pod';
  return `0/1 nodes are available: ${reasons}. preemption: 0/1 nodes are available: 1 ${preemption}.`;
}

/**
 * Returns the most that a pod needs at one time, in billionths: its containers and sidecars together, or an init
 * container with the sidecars before it. The requests of the pod as a whole replace that.
 *
 * Source: component-helpers/resource/helpers.go `PodRequests`, `AggregateContainerRequests`.
 */
export function podRequest(
  { initContainers, containers, resources }: Pick<PodSpec, 'initContainers' | 'containers' | 'resources'>,
  resource: Resource,
): bigint {
  const ofPod = resources?.requests?.[resource] ?? resources?.limits?.[resource];
  if (ofPod !== undefined) return nanosOf(ofPod);
  let sidecars = 0n;
  let most = 0n;
  for (const container of initContainers) {
    const request = requestOf(container, resource);
    if (isSidecar(container)) sidecars += request;
    most = max(most, isSidecar(container) ? sidecars : sidecars + request);
  }
  return max(most, sidecars + containers.reduce((sum, container) => sum + requestOf(container, resource), 0n));
}

function requestOf({ resources }: Container, resource: Resource): bigint {
  return nanosOf(resources?.requests?.[resource]);
}

function nanosOf(written: string | undefined): bigint {
  return (written === undefined ? undefined : parseQuantity(String(written)))?.nanos ?? 0n;
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
