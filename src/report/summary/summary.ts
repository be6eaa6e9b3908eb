import type { Timeline } from '../../timeline/timeline';
import { formatEvent } from './formatEvent';
import type { Line } from './line';
import { Scene } from './scene';

/** Returns the lines of a timeline. Successful probe runs and statuses without news have none. */
export function summarize(timeline: Timeline): readonly Line[] {
  const scene = new Scene(timeline);
  return timeline.events.flatMap((event) => formatEvent(event, scene) ?? []);
}
