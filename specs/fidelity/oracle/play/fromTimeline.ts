import type { Pod } from '../../../../src/manifest/model';
import { createAPIPod, NOTHING_PUBLISHED } from '../../../../src/report/kubectl/apiPod';
import { printPod } from '../../../../src/report/kubectl/printPod';
import { eventWrites } from '../../../../src/report/kubectl/recordedEvents';
import { EndpointFollower } from '../../../../src/timeline/history/endpoints';
import type { PodStatus } from '../../../../src/timeline/podStatus';
import type { Timeline } from '../../../../src/timeline/timeline';
import { containerText, endpointText, join, type Observed, Observing, rowText } from '../recording/observed';

interface Watched {
  readonly kubernetesVersion: string;
  readonly endMs: number;
  readonly hasService: boolean;
}

/** Returns a simulated pod as a recording shows it. */
export function observedOn(timeline: Timeline, pod: Pod, { kubernetesVersion, endMs, hasService }: Watched): Observed {
  const seen = new Observing();
  const endpoint = new EndpointFollower(timeline.backend);
  let status = NOTHING_PUBLISHED;
  let deletion: Parameters<typeof createAPIPod>[2];
  let isRemoved = false;
  for (const event of timeline.events) {
    if (event.kind === 'DeletionMarked') deletion = event.deletionTimestamp;
    else if (event.kind === 'StatusPublished') {
      if (!isRemoved) showStatus(event.status, seen, event.at);
      status = event.status;
    } else if (event.kind === 'PodRemoved') {
      isRemoved = true;
      seen.show('removed', event.at, 'removed');
    } else continue;
    const change = endpoint.follow(event);
    if (hasService && change?.endpoint) seen.show('endpoint', event.at, endpointText({ ...change.endpoint }));
    if (!isRemoved)
      seen.show('rows', event.at, rowText(printPod(createAPIPod(pod, status, deletion), event.at, kubernetesVersion)));
  }
  for (const { event, at } of eventWrites(timeline.events)) {
    seen.tell({ ...event, ...(event.fieldPath && { object: event.fieldPath }) }, at);
  }
  return seen.end(endMs);
}

function showStatus(status: PodStatus, seen: Observing, atMs: number): void {
  seen.show('phase', atMs, join(status.phase, status.reason, status.message));
  for (const { type, status: value, reason, message } of status.conditions) {
    seen.show(`condition ${type}`, atMs, join(value, reason, message));
  }
  for (const container of [...status.initContainerStatuses, ...status.containerStatuses]) {
    seen.show(`container ${container.name}`, atMs, containerText(container));
  }
}
