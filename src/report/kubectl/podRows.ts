import type { Instant } from '../../clock/instant';
import type { Pod } from '../../manifest/model';
import type { Timeline } from '../../timeline/timeline';
import { NOTHING_PUBLISHED, podView } from './podView';
import { printPod, restartsShown } from './printPod';

/** What `kubectl get pod` shows from an instant on, until the next row. */
export interface PodRowFrom {
  readonly at: Instant;
  readonly ready: string;
  readonly status: string;
  readonly restarts: number;
  /** When the last of the restarts' instances ended, from which kubectl counts its `(5s ago)`. */
  readonly lastEndAt?: Instant;
}

/** The rows of `kubectl get pod` over a pod's life, one for each change, from its creation until it is removed. */
export function podRows(timeline: Timeline, pod: Pod): readonly PodRowFrom[] {
  let status = NOTHING_PUBLISHED;
  let deletion: Instant | undefined;
  const rowAt = (at: Instant): PodRowFrom => {
    const view = podView(pod, status, deletion);
    const row = printPod(view, at);
    const { count, lastEndAt } = restartsShown(view);
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
    // Of several at one instant nobody sees any but the last.
    if (before?.at === row.at) rows.pop();
    rows.push(row);
  }
  return rows;
}

function isSame(a: PodRowFrom, b: PodRowFrom): boolean {
  return a.ready === b.ready && a.status === b.status && a.restarts === b.restarts && a.lastEndAt === b.lastEndAt;
}
