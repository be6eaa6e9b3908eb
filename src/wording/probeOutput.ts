import type { ProbeOutput } from '../assertions/facts/reason';

/** Returns what a probe found: the kubelet's output, and the first line of a response that is not a success. */
export function formatProbeOutput({ output, response }: ProbeOutput): string {
  return response === undefined ? output : `${output}, response: ${JSON.stringify(response)}`;
}
