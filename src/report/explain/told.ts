import { type EventOf, isA, type ProbeType } from '../../timeline/event';
import type { Incident } from '../incident';

/** The probe that had the container killed in its last life. */
export function broughtDown({ lastLife }: Incident): ProbeType | undefined {
  return lastLife.findLast((event) => isA('Killing', event))?.probe;
}

/** What a probe was told last: the one that had the container killed, the one the event is about, else the one that holds it up. */
export function told(incident: Incident): EventOf<'ProbeFinished'> | undefined {
  const { event, lastLife } = incident;
  if (isFaulted(incident)) return undefined;
  const type = broughtDown(incident) ?? (event && 'probe' in event ? event.probe : undefined);
  const endedByItself = lastLife.some(({ kind }) => kind === 'ContainerExited') && broughtDown(incident) === undefined;
  if (endedByItself) return undefined;
  const answer = lastLife.findLast((one): one is EventOf<'ProbeFinished'> => {
    return isA('ProbeFinished', one) && (type === undefined || one.probe === type);
  });
  return answer?.result === 'Success' ? undefined : answer;
}

const ENDS: Readonly<Partial<Record<EventOf<'TestActed'>['action'], EventOf<'TestActed'>['action']>>> = {
  freeze: 'thaw',
  disconnect: 'reconnect',
};

/** True while a fault of the test is in effect: what a probe finds then says nothing about the manifest. */
function isFaulted({ timeline, past }: Incident): boolean {
  const until = past.at(-1)?.at ?? timeline.now;
  const acts = timeline.of('TestActed').filter(({ at }) => at <= until);
  return acts.some((act, index) => {
    const end = ENDS[act.action];
    const isOver = acts.slice(index).some((later) => {
      return later.action === end && later.container === act.container && later.service === act.service;
    });
    return end !== undefined && !isOver;
  });
}
