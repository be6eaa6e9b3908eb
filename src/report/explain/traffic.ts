import { dropsOf } from '../../timeline/drop';
import type { EventOf } from '../../timeline/event';
import type { CauseId } from '../../timeline/failureCause';
import { START } from '../../timeline/since';
import type { Incident } from '../incident';
import type { Rule } from './rule';

/** Why requests were dropped. */
export const ofTraffic: readonly Rule[] = [cutInFlight, afterTheStopSignal];

/** The first dropped request had been sent before the stop signal. */
function cutInFlight({ event, timeline }: Incident) {
  const drop = dropsOf(timeline, START).find(({ request }) => request === event);
  if (!drop?.isInFlight || !drop.signal) return undefined;
  const text = `The request was in flight when ${drop.signal.name} came, and the process ended without a response to it: stop taking connections at the signal, and finish the open requests before the exit.`;
  return { cause: 'stops-before-clients' as const, text, page: 'endpoints-and-sigterm' };
}

function afterTheStopSignal({ event, timeline }: Incident) {
  if (event?.kind !== 'RequestFinished') return undefined;
  const isLate = dropsOf(timeline, START).some(({ signal, isEndpoint }) => signal !== undefined && !isEndpoint);
  if (!isLate) return undefined;
  const text =
    'Nothing orders the removal from the endpoints before the stop signal: clients come for a while after it. Have the pod serve on for as long, with a preStop hook that sleeps, or by heeding the signal later.';
  return { cause: dropCause(event), text, page: 'endpoints-and-sigterm' };
}

function dropCause({ status }: EventOf<'RequestFinished'>): CauseId {
  if (status === undefined) return 'stops-before-clients';
  return 'fails-requests-after-signal';
}
