import { isReady } from '../timeline/condition';
import { type Event, type EventOf, isA } from '../timeline/event';
import type { Since } from '../timeline/since';
import type { Timeline } from '../timeline/timeline';
import { cannotBecomeReady } from './cannotBecomeReady';
import { holds, type Judgement, undecided, violated } from './judgement';
import { startTrouble } from './startTrouble';
import { whyNotReady } from './whyNotReady';

/** Holds when the pod is Ready at `since`, or becomes it afterwards; violated once it never can. */
export function becameReady(timeline: Timeline, since: Since): Judgement {
  const ready = readyAt(timeline, since) ?? firstReadyAfter(timeline, since);
  if (ready) return holds(ready, 'Ready');
  const advice = startTrouble(timeline)?.advice;
  const obstacle = cannotBecomeReady(timeline);
  if (obstacle) return { ...violated(obstacle.event, 'not Ready', obstacle.why), advice };
  return { ...undecided('not Ready', whyNotReady(timeline)), advice };
}

function readyAt(timeline: Timeline, since: Since): EventOf<'StatusPublished'> | undefined {
  const published = statuses(timeline.events.slice(0, since));
  if (!isReady(published.at(-1)?.status)) return undefined;
  const lastUnready = published.findLastIndex(({ status }) => !isReady(status));
  return published[lastUnready + 1];
}

function firstReadyAfter(timeline: Timeline, since: Since): EventOf<'StatusPublished'> | undefined {
  return statuses(timeline.events.slice(since)).find(({ status }) => isReady(status));
}

function statuses(events: readonly Event[]): readonly EventOf<'StatusPublished'>[] {
  return events.filter((event) => isA('StatusPublished', event));
}
