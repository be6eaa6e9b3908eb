import { conditionOf } from './condition';
import type { PodStatus } from './podStatus';

/** What an EndpointSlice says of a pod behind a Service. */
export interface Endpoint {
  /** Takes new connections. */
  readonly ready: boolean;
  /** Would answer: kube-proxy falls back to it where no endpoint is ready. */
  readonly serving: boolean;
  readonly terminating: boolean;
}

export interface EndpointOptions {
  readonly isDeleted: boolean;
  /** The Service's `publishNotReadyAddresses`: readiness does not matter. */
  readonly publishNotReadyAddresses?: boolean;
}

/**
 * A pod's endpoint by its published status; undefined where it has none: it needs an IP, and not to be over.
 *
 * Source: endpointslice/utils.go `podToEndpoint`; endpointslice/util `ShouldPodBeInEndpoints`.
 */
export function endpointOf(
  status: PodStatus,
  { isDeleted, publishNotReadyAddresses = false }: EndpointOptions,
): Endpoint | undefined {
  if (!status.podIP || status.phase === 'Succeeded' || status.phase === 'Failed') return undefined;
  const serving = conditionOf(status, 'Ready')?.status === 'True';
  return { ready: publishNotReadyAddresses || (serving && !isDeleted), serving, terminating: isDeleted };
}
