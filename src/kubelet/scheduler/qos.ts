import type { ResourceRequirements } from '../../manifest/model';
import { addQuantities, parseQuantity, type Quantity } from '../../manifest/values/quantity';
import type { Behavior } from '../behavior/behavior';

const QOS_RESOURCES = ['cpu', 'memory'] as const;

export type QOSClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

export type ResourceTotals = Readonly<Record<string, Quantity>>;

/** Resources that count for the QoS class: cpu and memory, if more than nothing is requested. */
export interface QOSResources {
  readonly requests: ResourceTotals;
  readonly limits: ResourceTotals;
  /** True if all containers that count limit both cpu and memory. */
  readonly guaranteedLimits: boolean;
}

/** The part of a pod that its class depends on. */
export interface QOSPod {
  readonly spec: {
    readonly resources?: ResourceRequirements;
    readonly initContainers?: readonly QOSContainer[];
    readonly containers: readonly QOSContainer[];
  };
}

interface QOSContainer {
  readonly resources?: ResourceRequirements;
}

/**
 * Returns the QoS class that a pod gets at its creation, after defaulting. The pod's own `resources`, if they count,
 * replace those of its containers.
 *
 * Source: pkg/apis/core/v1/helper/qos/qos.go `ComputePodQOS`.
 */
export function computePodQOS(
  pod: QOSPod,
  { podLevelResources, qosJoinsContainers, emptyPodResourcesCount }: QOSRules,
): QOSClass {
  const { resources, containers, initContainers = [] } = pod.spec;
  const ofPod =
    podLevelResources && resources && (emptyPodResourcesCount || !isEmpty(resources)) ? resources : undefined;
  if (ofPod) return classOf(collectPodLevelResources(ofPod));
  if (!qosJoinsContainers) return classOf(collectContainerLevelResources(pod));
  const classes = new Set([...initContainers, ...containers].map((one) => classOf(total([one.resources ?? {}]))));
  const [only = 'BestEffort'] = classes;
  return classes.size > 1 ? 'Burstable' : only;
}

/** Differences between versions and gates in the resources of a pod. */
export type QOSRules = Pick<Behavior, 'podLevelResources' | 'qosJoinsContainers' | 'emptyPodResourcesCount'>;

function isEmpty({ requests = {}, limits = {} }: ResourceRequirements): boolean {
  return Object.keys(requests).length + Object.keys(limits).length === 0;
}

function classOf({ requests, limits, guaranteedLimits }: QOSResources): QOSClass {
  const requested = Object.entries(requests);
  const limited = Object.keys(limits).length;
  if (requested.length === 0 && limited === 0) return 'BestEffort';
  const equal = requested.every(([name, request]) => limits[name]?.nanos === request.nanos);
  return guaranteedLimits && equal && requested.length === limited ? 'Guaranteed' : 'Burstable';
}

export function collectPodLevelResources(resources: ResourceRequirements): QOSResources {
  return total([resources]);
}

/**
 * Adds up the resources of all containers. Init containers count like the others, although they run one after the
 * other.
 */
export function collectContainerLevelResources(pod: QOSPod): QOSResources {
  const containers = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])];
  return total(containers.map(({ resources }) => resources ?? {}));
}

function total(parts: readonly ResourceRequirements[]): QOSResources {
  return {
    requests: sum(parts.map(({ requests }) => requests)),
    limits: sum(parts.map(({ limits }) => limits)),
    guaranteedLimits: parts.every(({ limits }) => QOS_RESOURCES.every((name) => amount(limits, name))),
  };
}

function sum(lists: readonly ResourceRequirements['limits'][]): ResourceTotals {
  const totals: Record<string, Quantity> = {};
  for (const list of lists) {
    for (const name of QOS_RESOURCES) {
      const more = amount(list, name);
      const sofar = totals[name];
      if (more) totals[name] = sofar ? addQuantities(sofar, more) : more;
    }
  }
  return totals;
}

function amount(list: ResourceRequirements['limits'], name: string): Quantity | undefined {
  const quantity = parseQuantity(String(list?.[name] ?? '0'));
  return quantity && quantity.nanos > 0n ? quantity : undefined;
}
