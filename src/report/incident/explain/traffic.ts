import { type DropPattern, dropPatternFrom } from '../../../timeline/history/dropPatterns';
import { historyOf } from '../../../timeline/history/podHistory';
import type { Incident } from '../incident';
import type { ExplainRule, FoundExplanation } from './rule';

/** Rules for dropped requests. */
export const ofTraffic: readonly ExplainRule[] = [failsRequests, cutInFlight, afterTheStopSignal];

/** Finds requests after the stop signal that mostly got an error instead of no response. */
function failsRequests(incident: Incident): FoundExplanation | undefined {
  const pattern = patternIn(incident);
  const { first, cause } = pattern ?? {};
  if (!pattern || !first?.signal || cause !== 'fails-requests-after-signal') return undefined;
  const { name } = first.signal;
  if (isLate(incident)) return { cause, message: { kind: 'errors-after-signal', signal: name } };
  return first.isInFlight ? { cause, message: { kind: 'error-in-flight', signal: name } } : undefined;
}

/** Finds a dropped request that was sent before the stop signal. */
function cutInFlight(incident: Incident): FoundExplanation | undefined {
  const pattern = patternIn(incident);
  const { first } = pattern ?? {};
  const isCut = first?.isInFlight && first.request === incident.event && first.request.status === undefined;
  if (!pattern || !isCut || !first.signal) return undefined;
  return { cause: pattern.cause, message: { kind: 'cut-in-flight', signal: first.signal.name } };
}

function afterTheStopSignal(incident: Incident): FoundExplanation | undefined {
  const pattern = patternIn(incident);
  if (!pattern || !isLate(incident)) return undefined;
  return { cause: pattern.cause, message: { kind: 'endpoints-and-sigterm' } };
}

function patternIn({ event, timeline }: Incident): DropPattern | undefined {
  return dropPatternFrom(timeline, event);
}

/** True if clients came after the pod had left the endpoints, and after a stop signal. */
function isLate({ timeline }: Incident): boolean {
  return historyOf(timeline).drops.some(({ signal, isEndpoint }) => signal !== undefined && !isEndpoint);
}
