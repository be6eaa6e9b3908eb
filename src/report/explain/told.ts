import { type EventOf, isA, type ProbeType } from '../../timeline/event';
import type { Incident } from '../incident';

/** The probe that had the container killed in its last life. */
export function broughtDown({ lastLife }: Incident): ProbeType | undefined {
  return lastLife.findLast((event) => isA('Killing', event))?.probe;
}

/** What a probe was told last: the one that had the container killed, the one the event is about, else the one that holds it up. */
export function told(incident: Incident): EventOf<'ProbeFinished'> | undefined {
  const { event, lastLife } = incident;
  const type = broughtDown(incident) ?? (event && 'probe' in event ? event.probe : undefined);
  const endedByItself = lastLife.some(({ kind }) => kind === 'ContainerExited') && broughtDown(incident) === undefined;
  if (endedByItself) return undefined;
  const answer = lastLife.findLast((one): one is EventOf<'ProbeFinished'> => {
    return isA('ProbeFinished', one) && (type === undefined || one.probe === type);
  });
  return answer?.result === 'Success' ? undefined : answer;
}
