import type { Instant } from '../../clock/instant';
import type { Pod } from '../../manifest/model';
import type { Event } from '../../timeline/event';
import type { Timeline } from '../../timeline/timeline';
import { createAPIPod, NOTHING_PUBLISHED } from './apiPod';
import { Columns } from './columns';
import { printPod } from './printPod';

const HEADER = ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'];
const GAP = 3;
const AGO = / \(.* ago\)$/;

/** Returns the output of `kubectl get pod -w`, started when the pod was created. */
export function getPodWatch(timeline: Timeline, pod: Pod, kubernetesVersion?: string): readonly string[] {
  const watch = new PodWatch(pod, kubernetesVersion);
  return timeline.events.flatMap((event) => watch.read(event));
}

/** Live output of `kubectl get pod -w`: the header with the first row, then a row for each change that the API shows. */
export class PodWatch {
  readonly #pod: Pod;
  readonly #kubernetesVersion: string | undefined;
  readonly #columns: Columns;
  #status = NOTHING_PUBLISHED;
  #deletion: Instant | undefined;
  #shown: string | undefined;
  #isRemoved = false;

  /** Creates a watch. Watches with the same columns share a header. */
  constructor(pod: Pod, kubernetesVersion?: string, columns: Columns = createPodColumns()) {
    this.#pod = pod;
    this.#kubernetesVersion = kubernetesVersion;
    this.#columns = columns;
  }

  /** Returns the lines that an event adds. A pod that was removed from the API adds none. */
  read(event: Event): readonly string[] {
    if (event.kind === 'PodRemoved') this.#isRemoved = true;
    if (this.#isRemoved) return [];
    if (event.kind === 'StatusPublished') this.#status = event.status;
    else if (event.kind === 'DeletionMarked') this.#deletion = event.deletionTimestamp;
    else return [];
    const view = createAPIPod(this.#pod, this.#status, this.#deletion);
    const { name, ready, status, restarts, age } = printPod(view, event.at, this.#kubernetesVersion);
    const lasting = [ready, status, restarts.replace(AGO, '')].join(' ');
    if (lasting === this.#shown) return [];
    this.#shown = lasting;
    return this.#columns.print([name, ready, status, restarts, age]);
  }
}

/** Creates the columns of pods. Each text in `least` gives the minimum width of its column. */
export function createPodColumns(least: readonly string[] = []): Columns {
  return new Columns(HEADER, GAP, least);
}
