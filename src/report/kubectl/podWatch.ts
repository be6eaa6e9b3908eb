import type { Instant } from '../../clock/instant';
import type { Pod } from '../../manifest/model';
import type { Event } from '../../timeline/event';
import type { Timeline } from '../../timeline/timeline';
import { Columns } from './columns';
import { NOTHING_PUBLISHED, podView } from './podView';
import { printPod } from './printPod';

const HEADER = ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'];
const GAP = 3;
const AGO = / \(.* ago\)$/;

/** Returns the output of `kubectl get pod -w`, started when the pod was created. */
export function getPodWatch(timeline: Timeline, pod: Pod, kubernetesVersion?: string): readonly string[] {
  const watch = new PodWatch(pod, kubernetesVersion);
  return timeline.events.flatMap((event) => watch.read(event));
}

/** Output of `kubectl get pod -w` while it runs: the header, the first row, and a row for each change. */
export class PodWatch {
  readonly #pod: Pod;
  readonly #kubernetesVersion: string | undefined;
  readonly #columns: Columns;
  #status = NOTHING_PUBLISHED;
  #deletion: Instant | undefined;
  #shown: string | undefined;
  #isRemoved = false;

  /** Takes the columns of another watch to print the rows of both under one header. */
  constructor(pod: Pod, kubernetesVersion?: string, columns: Columns = podColumns()) {
    this.#pod = pod;
    this.#kubernetesVersion = kubernetesVersion;
    this.#columns = columns;
  }

  /** Returns the lines that this event adds. There are none after the pod is removed from the API. */
  read(event: Event): readonly string[] {
    if (event.kind === 'PodRemoved') this.#isRemoved = true;
    if (this.#isRemoved) return [];
    if (event.kind === 'StatusPublished') this.#status = event.status;
    else if (event.kind === 'DeletionMarked') this.#deletion = event.deletionTimestamp;
    else return [];
    const view = podView(this.#pod, this.#status, this.#deletion);
    const { name, ready, status, restarts, age } = printPod(view, event.at, this.#kubernetesVersion);
    const lasting = [ready, status, restarts.replace(AGO, '')].join(' ');
    if (lasting === this.#shown) return [];
    this.#shown = lasting;
    return this.#columns.print([name, ready, status, restarts, age]);
  }
}

/** `least` has in each column a text for which there is to be room from the beginning. */
export function podColumns(least: readonly string[] = []): Columns {
  return new Columns(HEADER, GAP, least);
}
