import type { Instant } from '../../clock/instant';
import type { Pod } from '../../manifest/model';
import type { Timeline } from '../../timeline/timeline';
import { createAPIPod, NOTHING_PUBLISHED } from './apiPod';
import { countRestarts, printPod } from './printPod';

/** Row of `kubectl get pod` from an instant until the next row. */
export interface PodRowFrom {
  readonly at: Instant;
  readonly ready: string;
  readonly status: string;
  readonly restarts: number;
  /** Last exit before a restart, from which kubectl counts `(5s ago)`. */
  readonly lastEndAt?: Instant;
}

/** Returns the rows of `kubectl get pod`, one for each change from the creation of the pod to its removal. */
export function listPodRows(timeline: Timeline, pod: Pod): readonly PodRowFrom[] {
  let status = NOTHING_PUBLISHED;
  let deletion: Instant | undefined;
  const rowAt = (at: Instant): PodRowFrom => {
    const view = createAPIPod(pod, status, deletion);
    const row = printPod(view, at);
    const { count, lastEndAt } = countRestarts(view);
    return {
      at,
      ready: row.ready,
      status: row.status,
      restarts: count,
      ...(lastEndAt !== undefined && { lastEndAt }),
    };
  };
  const rows: PodRowFrom[] = [];
  for (const event of timeline.events) {
    if (event.kind === 'StatusPublished') status = event.status;
    else if (event.kind === 'DeletionMarked') deletion = event.deletionTimestamp;
    else if (event.kind === 'PodRemoved') break;
    else continue;
    const row = rowAt(event.at);
    const before = rows.at(-1);
    if (before && isSame(before, row)) continue;
    // Only the last of several rows at one instant is visible.
    if (before?.at === row.at) rows.pop();
    rows.push(row);
  }
  return rows;
}

function isSame(a: PodRowFrom, b: PodRowFrom): boolean {
  return a.ready === b.ready && a.status === b.status && a.restarts === b.restarts && a.lastEndAt === b.lastEndAt;
}
