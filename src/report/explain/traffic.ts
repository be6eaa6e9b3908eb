import { dropsOf } from '../../timeline/drop';
import { START } from '../../timeline/since';
import type { Incident } from '../incident';
import type { Rule } from './rule';

/** Why requests were dropped. */
export const ofTraffic: readonly Rule[] = [afterTheStopSignal];

function afterTheStopSignal({ event, timeline }: Incident) {
  if (event?.kind !== 'RequestFinished') return undefined;
  const isLate = dropsOf(timeline, START).some(({ signal, isEndpoint }) => signal !== undefined && !isEndpoint);
  if (!isLate) return undefined;
  const text =
    'Nothing orders the removal from the endpoints before the stop signal: clients come for a while after it. Have the pod serve on for as long, with a preStop hook that sleeps, or by heeding the signal later.';
  return { text, page: 'endpoints-and-sigterm' };
}
