import type { Timeline } from '../../timeline/timeline';
import { formatEvent } from './formatEvent';
import type { Line } from './line';
import { Scene } from './scene';

/**
 * Returns a summary of the pod run, one line for each relevant event. It leaves out successful probes and statuses
 * without news.
 */
export function summarize(timeline: Timeline): readonly Line[] {
  const scene = new Scene(timeline);
  return timeline.events.flatMap((event) => formatEvent(event, scene) ?? []);
}
