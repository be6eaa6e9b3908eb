import { CREATED, type Instant } from '../../clock/instant';
import type { Pod } from '../../manifest/model';
import type { PodStatus } from '../../timeline/podStatus';

/** The fields of a pod in the API that kubectl prints. Timestamps are instants of the pod's clock. */
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

/** Status of a pod before its first update. */
export const NOTHING_PUBLISHED: PodStatus = {
  phase: 'Pending',
  conditions: [],
  initContainerStatuses: [],
  containerStatuses: [],
};

/** Returns a pod like the API does, with its status, and with a timestamp if it is being deleted. */
export function createAPIPod({ metadata, spec }: Pod, status: PodStatus, deletionTimestamp?: Instant): APIPod {
  const { podIP, ...rest } = status;
  const deletion = deletionTimestamp === undefined ? {} : { deletionTimestamp };
  return {
    metadata: { name: metadata.name, creationTimestamp: CREATED, ...deletion },
    spec,
    status: { ...rest, podIPs: podIP === undefined ? [] : [podIP] },
  };
}
