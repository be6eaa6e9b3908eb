import type { Endpoint } from '../timeline/history/endpoints';
import type { Timeline } from '../timeline/timeline';

/** Returns a pod's endpoint in a few words. */
export function endpointWords(endpoint: Endpoint | undefined): string {
  if (endpoint?.ready) return 'in the endpoints';
  if (!endpoint?.terminating) return 'out of the endpoints';
  return endpoint.serving ? 'terminating, still serving' : 'terminating, not serving';
}

/** Returns the assumption of a result about endpoints, if the manifest has no Service. */
export function assumption({ backend }: Timeline): string | undefined {
  return backend.isAssumed
    ? 'No Service of the manifest selects the pod. This result assumes one that does.'
    : undefined;
}
