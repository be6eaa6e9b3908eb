import type { Instant } from '../clock/instant';
import type { Pod } from '../manifest/model';
import type { Event } from '../timeline/event';
import type { Timeline } from '../timeline/timeline';
import { NOTHING_PUBLISHED, podView } from './podView';
import { printPod } from './printPod';

const HEADER = ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'];
const GAP = 3;
const AGO = / \(.* ago\)$/;

/**
 * All that `kubectl get pod -w`, begun when the pod was created, would have printed.
 */
export function getPodWatch(timeline: Timeline, pod: Pod, kubernetesVersion?: string): readonly string[] {
  const watch = new PodWatch(pod, kubernetesVersion);
  return timeline.events.flatMap((event) => watch.read(event));
}

/**
 * `kubectl get pod -w` as it goes: the header with the first row, then a row whenever what the API shows of the pod
 * changes it. Columns widen as they must and never narrow again.
 *
 * Source: kubectl cmd/get, whose tab writer remembers the widths it has seen.
 */
export class PodWatch {
  readonly #pod: Pod;
  readonly #kubernetesVersion: string | undefined;
  readonly #widths: number[] = [];
  #status = NOTHING_PUBLISHED;
  #deletion: Instant | undefined;
  #shown: string | undefined;

  constructor(pod: Pod, kubernetesVersion?: string) {
    this.#pod = pod;
    this.#kubernetesVersion = kubernetesVersion;
  }

  /** The lines that this event adds, if any. */
  read(event: Event): readonly string[] {
    if (event.kind === 'StatusPublished') this.#status = event.status;
    else if (event.kind === 'DeletionMarked') this.#deletion = event.deletionTimestamp;
    else return [];
    const view = podView(this.#pod, this.#status, this.#deletion);
    const { name, ready, status, restarts, age } = printPod(view, event.at, this.#kubernetesVersion);
    const lasting = [ready, status, restarts.replace(AGO, '')].join(' ');
    if (lasting === this.#shown) return [];
    const rows = [...(this.#shown === undefined ? [HEADER] : []), [name, ready, status, restarts, age]];
    this.#shown = lasting;
    for (const row of rows) this.#widen(row);
    return rows.map((row) => this.#pad(row));
  }

  #widen(row: readonly string[]): void {
    for (const [column, { length }] of row.entries())
      this.#widths[column] = Math.max(this.#widths[column] ?? 0, length);
  }

  #pad(row: readonly string[]): string {
    const last = row.length - 1;
    return row.map((cell, column) => (column < last ? cell.padEnd((this.#widths[column] ?? 0) + GAP) : cell)).join('');
  }
}
