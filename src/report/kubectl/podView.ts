import { CREATED, type Instant } from '../../clock/instant';
import type { Pod } from '../../manifest/model';
import type { PodStatus } from '../../timeline/podStatus';

/** A pod as the API serves it, as far as kubectl prints it; timestamps are instants of the pod's clock. */
export interface APIPod {
  readonly metadata: {
    readonly name: string;
    readonly creationTimestamp?: Instant;
    readonly deletionTimestamp?: Instant;
  };
  readonly spec: {
    readonly nodeName?: string;
    readonly readinessGates?: readonly { readonly conditionType: string }[];
    readonly initContainers: readonly { readonly name: string; readonly restartPolicy?: string }[];
    readonly containers: readonly { readonly name: string }[];
  };
  readonly status: Omit<PodStatus, 'phase' | 'podIP'> & {
    readonly phase: string;
    readonly podIPs: readonly string[];
    readonly nominatedNodeName?: string;
  };
}

/** A pod before anything is published of it. */
export const NOTHING_PUBLISHED: PodStatus = {
  phase: 'Pending',
  conditions: [],
  initContainerStatuses: [],
  containerStatuses: [],
};

/** The pod as the API serves it with that status, and that mark if it is being deleted. */
export function podView({ metadata, spec }: Pod, status: PodStatus, deletionTimestamp?: Instant): APIPod {
  const { podIP, ...rest } = status;
  const deletion = deletionTimestamp === undefined ? {} : { deletionTimestamp };
  return {
    metadata: { name: metadata.name, creationTimestamp: CREATED, ...deletion },
    spec,
    status: { ...rest, podIPs: podIP === undefined ? [] : [podIP] },
  };
}
