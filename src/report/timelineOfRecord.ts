import { Timeline } from '../timeline/timeline';
import type { PodRecord } from './podRecord';

/** The timeline that a record was made of. */
export function timelineOfRecord({ events, output, until, endpoints }: PodRecord): Timeline {
  const timeline = new Timeline({ publishNotReadyAddresses: isPublishedUnready(endpoints) });
  for (const event of events) timeline.append(event);
  timeline.write(output);
  timeline.advance(until);
  return timeline;
}

/** Nothing but that makes an endpoint that does not serve a ready one. */
function isPublishedUnready(endpoints: PodRecord['endpoints']): boolean {
  return endpoints.some(({ ready, serving }) => ready && !serving);
}
