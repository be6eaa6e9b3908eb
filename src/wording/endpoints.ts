import type { Endpoint } from '../timeline/history/endpoints';

/** Returns a pod's endpoint in a few words. */
export function endpointWords(endpoint: Endpoint | undefined): string {
  if (endpoint?.ready) return 'in the endpoints';
  if (!endpoint?.terminating) return 'out of the endpoints';
  return endpoint.serving ? 'terminating, still serving' : 'terminating, not serving';
}
