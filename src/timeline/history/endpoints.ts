import type { Backend } from '../backend';
import { isReady, isTerminal } from '../condition';
import type { Event } from '../event';
import type { PodStatus } from '../podStatus';

/** Endpoint of a pod behind a Service, as in an EndpointSlice. */
export interface Endpoint {
  /** True if it takes new connections. */
  readonly ready: boolean;
  /** True if it would respond: kube-proxy uses it if no endpoint is ready. */
  readonly serving: boolean;
  readonly terminating: boolean;
}

export interface EndpointOptions extends Backend {
  readonly isDeleted: boolean;
}

/**
 * Returns a pod's endpoint by its published status, or undefined if it has none: it needs an IP, and must not be over.
 *
 * Source: endpointslice/utils.go `podToEndpoint`; endpointslice/util `ShouldPodBeInEndpoints`.
 */
export function endpointOf(
  status: PodStatus,
  { isDeleted, publishNotReadyAddresses = false, obstacle }: EndpointOptions,
): Endpoint | undefined {
  if (!status.podIP || isTerminal(status.phase) || obstacle !== undefined) return undefined;
  const serving = isReady(status);
  return { ready: publishNotReadyAddresses || (serving && !isDeleted), serving, terminating: isDeleted };
}

/** A change of a pod's endpoint, and the event that made it. */
export interface EndpointChange {
  readonly event: Event;
  readonly before: Endpoint | undefined;
  readonly endpoint: Endpoint | undefined;
}

/** Follows a pod's endpoint from event to event. In a cluster each change comes a little later: a controller makes it. */
export class EndpointFollower {
  readonly #backend: Backend;
  #status: PodStatus | undefined;
  #isDeleted = false;
  #endpoint: Endpoint | undefined;

  constructor(backend: Backend = {}) {
    this.#backend = backend;
  }

  /** The endpoint as it is now. */
  get endpoint(): Endpoint | undefined {
    return this.#endpoint;
  }

  /** Returns the change that the event makes, if it makes one. */
  follow(event: Event): EndpointChange | undefined {
    if (event.kind === 'StatusPublished') this.#status = event.status;
    else if (event.kind === 'DeletionMarked') this.#isDeleted = true;
    else if (event.kind === 'PodRemoved') this.#status = undefined;
    else return undefined;
    const options = { ...this.#backend, isDeleted: this.#isDeleted };
    const endpoint = this.#status && endpointOf(this.#status, options);
    const before = this.#endpoint;
    if (isSame(before, endpoint)) return undefined;
    this.#endpoint = endpoint;
    return { event, before, endpoint };
  }
}

function isSame(a: Endpoint | undefined, b: Endpoint | undefined): boolean {
  return a?.ready === b?.ready && a?.serving === b?.serving && a?.terminating === b?.terminating;
}
