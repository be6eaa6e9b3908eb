import type { Endpoint } from '../timeline/history/endpoints';

/** Returns the state of a pod's endpoint. */
export function formatEndpoint(endpoint: Endpoint | undefined): string {
  if (endpoint?.ready) return 'pod in the Service endpoints';
  if (!endpoint?.terminating) return 'pod not in the Service endpoints';
  return endpoint.serving ? 'pod terminating and still serving' : 'pod terminating and not serving';
}
