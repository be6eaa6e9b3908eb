import type { EventOf } from './event';

/** Returns the result of a probe: the kubelet's output, and the first line of a response that was not a success. */
export function probeText({ output, response }: Pick<EventOf<'ProbeFinished'>, 'output' | 'response'>): string {
  return response === undefined ? output : `${output}, response: ${JSON.stringify(response)}`;
}
