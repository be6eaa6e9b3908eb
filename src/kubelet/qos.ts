import type { ResourceRequirements } from '../manifest/model';
import { addQuantities, parseQuantity, type Quantity } from '../manifest/quantity';

const QOS_RESOURCES = ['cpu', 'memory'] as const;

export type QOSClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

export type ResourceTotals = Readonly<Record<string, Quantity>>;

/** What counts for the QoS class: cpu and memory, where more than nothing is asked for. */
export interface QOSResources {
  readonly requests: ResourceTotals;
  readonly limits: ResourceTotals;
  /** Whether everything that was looked at limits both cpu and memory. */
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
 * The QoS class a pod gets at its creation, after defaulting. With `podLevelResources` (on by default from 1.34) the
 * pod's own `resources`, where it has them, stand for those of its containers.
 *
 * Source: pkg/apis/core/v1/helper/qos/qos.go `ComputePodQOS`.
 */
export function computePodQOS(pod: QOSPod, { podLevelResources = true } = {}): QOSClass {
  const { requests, limits, guaranteedLimits } =
    podLevelResources && pod.spec.resources
      ? collectPodLevelResources(pod.spec.resources)
      : collectContainerLevelResources(pod);

  const requested = Object.entries(requests);
  const limited = Object.keys(limits).length;
  if (requested.length === 0 && limited === 0) return 'BestEffort';
  const equal = requested.every(([name, request]) => limits[name]?.nanos === request.nanos);
  return guaranteedLimits && equal && requested.length === limited ? 'Guaranteed' : 'Burstable';
}

export function collectPodLevelResources(resources: ResourceRequirements): QOSResources {
  return total([resources]);
}

/** Init containers count like the others, although they run one after the other. */
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
