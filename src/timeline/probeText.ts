import type { EventOf } from './event';

/** Returns what a probe found: the kubelet's output, and the first line of a response that was no success. */
export function probeText({ output, response }: Pick<EventOf<'ProbeFinished'>, 'output' | 'response'>): string {
  return response === undefined ? output : `${output}, response: ${JSON.stringify(response)}`;
}
