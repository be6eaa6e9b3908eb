import { type EventOf, isA, type ProbeType } from '../../../timeline/event';
import { historyOf } from '../../../timeline/history/podHistory';
import type { Incident } from '../incident';

/** Returns the probe that killed the last instance of the container. */
export function broughtDown({ lastLife }: Incident): ProbeType | undefined {
  return lastLife.findLast((event) => isA('Killing', event))?.probe;
}

/** Returns the last failed attempt of the probe that killed the container, of the event's probe, or else of any probe. */
export function decisiveAttempt(incident: Incident): EventOf<'ProbeFinished'> | undefined {
  const { event, lastLife } = incident;
  if (isFaulted(incident)) return undefined;
  const type = broughtDown(incident) ?? (event && 'probe' in event ? event.probe : undefined);
  const endedByItself = lastLife.some(({ kind }) => kind === 'ContainerExited') && broughtDown(incident) === undefined;
  if (endedByItself) return undefined;
  const last = newest(lastLife.filter((one) => isA('ProbeFinished', one)));
  return last.find(({ probe, result }) => (type === undefined || probe === type) && result !== 'Success');
}

/** Returns the last attempt of each probe, the newest first, because one probe says nothing about another. */
function newest(attempts: readonly EventOf<'ProbeFinished'>[]): readonly EventOf<'ProbeFinished'>[] {
  return attempts
    .filter((one, index) => !attempts.slice(index + 1).some(({ probe }) => probe === one.probe))
    .toReversed();
}

const ENDS: Readonly<Partial<Record<EventOf<'TestActed'>['action'], EventOf<'TestActed'>['action']>>> = {
  freeze: 'thaw',
  disconnect: 'reconnect',
};

/** True while a fault of the test is in effect: what a probe finds then says nothing about the manifest. */
function isFaulted({ timeline, past }: Incident): boolean {
  const until = past.at(-1)?.at ?? timeline.now;
  const acts = historyOf(timeline).acts.filter(({ at }) => at <= until);
  return acts.some((act, index) => {
    const end = ENDS[act.action];
    const isOver = acts.slice(index).some((later) => {
      return later.action === end && later.container === act.container && later.service === act.service;
    });
    return end !== undefined && !isOver;
  });
}
