import { type DropPattern, dropPatternFrom } from '../../../timeline/history/dropPatterns';
import { historyOf } from '../../../timeline/history/podHistory';
import type { Incident } from '../incident';
import type { ExplainRule, Explanation } from './rule';

/** Why requests were dropped. */
export const ofTraffic: readonly ExplainRule[] = [failsRequests, cutInFlight, afterTheStopSignal];

const FAQ = 'endpoints.md#endpoints-and-sigterm';

/** More requests after the stop signal got an error than no response. */
function failsRequests(incident: Incident) {
  const pattern = patternIn(incident);
  const { first, cause } = pattern ?? {};
  if (!pattern || !first?.signal || cause !== 'fails-requests-after-signal') return undefined;
  const { name } = first.signal;
  if (isLate(incident)) {
    const text = `Clients still send requests for a while after ${name}, because nothing orders the removal from the endpoints before it. Serve them as before until no more connections come, and let only the readiness probe fail. A preStop hook that sleeps delays ${name} for as long.`;
    return explanation(pattern, text);
  }
  if (!first.isInFlight) return undefined;
  const text = `The request was in flight when ${name} came, and its response was an error. Finish the requests that are open at ${name} as before.`;
  return explanation(pattern, text);
}

/** The first dropped request had been sent before the stop signal. */
function cutInFlight(incident: Incident) {
  const pattern = patternIn(incident);
  const { first } = pattern ?? {};
  const isCut = first?.isInFlight && first.request === incident.event && first.request.status === undefined;
  if (!pattern || !isCut || !first.signal) return undefined;
  const text = `The request was in flight when ${first.signal.name} came, and the process ended without a response to it: stop taking connections at the signal, and finish the open requests before the exit.`;
  return explanation(pattern, text);
}

function afterTheStopSignal(incident: Incident) {
  const pattern = patternIn(incident);
  if (!pattern || !isLate(incident)) return undefined;
  const text =
    'Nothing orders the removal from the endpoints before the stop signal: clients come for a while after it. Have the pod serve on for as long, with a preStop hook that sleeps, or by heeding the signal later.';
  return explanation(pattern, text);
}

function patternIn({ event, timeline }: Incident): DropPattern | undefined {
  return dropPatternFrom(timeline, event);
}

/** True if clients came after the pod had left the endpoints, and after a stop signal. */
function isLate({ timeline }: Incident): boolean {
  return historyOf(timeline).drops.some(({ signal, isEndpoint }) => signal !== undefined && !isEndpoint);
}

function explanation({ cause }: DropPattern, text: string): Explanation {
  return { cause, text, faq: FAQ };
}
