import type { Backend } from '../../timeline/backend';
import type { Timeline } from '../../timeline/timeline';
import { WritableTimeline } from '../../timeline/writableTimeline';
import type { PodRecord } from './podRecord';

/** The timeline that a record was made of. */
export function timelineOfRecord({ events, output, until, endpoints }: PodRecord): Timeline {
  const timeline = new WritableTimeline({ backend: backendIn(endpoints) });
  for (const event of events) timeline.append(event);
  timeline.write(output);
  timeline.advance(until);
  return timeline;
}

/** Only `publishNotReadyAddresses` makes a ready endpoint of one that does not serve. */
function backendIn(endpoints: PodRecord['endpoints']): Backend {
  return { publishNotReadyAddresses: endpoints.some(({ ready, serving }) => ready && !serving) };
}
