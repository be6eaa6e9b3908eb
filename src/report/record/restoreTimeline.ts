import type { Backend } from '../../timeline/backend';
import type { Timeline } from '../../timeline/timeline';
import { WritableTimeline } from '../../timeline/writableTimeline';
import type { PodRecord } from './podRecord';

/** Restores the timeline of a record. */
export function restoreTimeline({ events, output, until, endpoints }: PodRecord): Timeline {
  const timeline = new WritableTimeline({ backend: findBackend(endpoints) });
  for (const event of events) timeline.append(event);
  timeline.write(output);
  timeline.advance(until);
  return timeline;
}

/** Returns the backend of a record. An endpoint that is ready without serving is due to `publishNotReadyAddresses`. */
function findBackend(endpoints: PodRecord['endpoints']): Backend {
  return { publishNotReadyAddresses: endpoints.some(({ ready, serving }) => ready && !serving) };
}
