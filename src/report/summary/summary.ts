import type { Timeline } from '../../timeline/timeline';
import { formatEvent } from './formatEvent';
import type { Line } from './line';
import { Scene } from './scene';

/** The pod's life, a line for each thing worth telling: not the probes that succeed, nor the statuses that say nothing new. */
export function summarize(timeline: Timeline): readonly Line[] {
  const scene = new Scene(timeline);
  return timeline.events.flatMap((event) => formatEvent(event, scene) ?? []);
}
