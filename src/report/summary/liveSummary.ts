import { printable } from '../../escaping/terminal';
import type { Pod } from '../../manifest/model';
import type { Event } from '../../timeline/event';
import { formatDuration, formatSeconds } from '../../wording/durations';
import { Columns } from '../kubectl/columns';
import { PodWatch, podColumns } from '../kubectl/podWatch';

const HEADER = ['AT', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
const GAP = 3;
/** Room for what is common, so that most lives stand in straight columns. */
const COMMON_EVENT = ['+100.0s', 'Warning', 'Scheduled'];
const COMMON_ROW = ['', '', 'ContainerCreating', '1 (10s ago)'];

/** What kind of line it is, for whoever gives it a color. */
export type Tone = 'row' | 'normal' | 'warning' | 'aside';

/**
 * The lives of pods as they go, in lines: what `kubectl get pod -w` and `kubectl get events -w` would show, side by side.
 * Events have the pod's own clock where kubectl says how long ago; what the test does, and time that is skipped, is told
 * in between.
 */
export class LiveSummary {
  readonly #tell: (line: string, tone: Tone) => void;
  readonly #who: string;
  readonly #pods = podColumns(COMMON_ROW);
  readonly #events = new Columns(HEADER, GAP, COMMON_EVENT);
  readonly #names = new Map<string, number>();

  /** `who` does what is done to the pods. */
  constructor(tell: (line: string, tone: Tone) => void, who = 'the test') {
    this.#tell = tell;
    this.#who = who;
  }

  /** Takes one more pod on; the function that is returned is to be called with what happens to it. */
  follow(pod: Pod, kubernetesVersion?: string): (events: readonly Event[]) => void {
    const name = this.#nameOf(pod);
    const named = { ...pod, metadata: { ...pod.metadata, name } };
    const watch = new PodWatch(named, kubernetesVersion, this.#pods);
    return (events) => {
      for (const event of events) {
        for (const line of watch.read(event)) this.#tell(line, 'row');
        this.#read(event, name);
      }
    };
  }

  /** Pods of one manifest have one name: from the second on they are numbered. */
  #nameOf({ metadata: { name } }: Pod): string {
    const count = (this.#names.get(name) ?? 0) + 1;
    this.#names.set(name, count);
    return count === 1 ? name : `${name}#${count}`;
  }

  #read(event: Event, pod: string): void {
    if (event.source === 'kubelet') {
      const { at, type, kind, message } = event;
      const row = [`+${formatSeconds(at)}`, type, kind, `pod/${pod}`, printable(message)];
      for (const line of this.#events.print(row)) this.#tell(line, type === 'Warning' ? 'warning' : 'normal');
    } else if (event.kind === 'TestActed') {
      const where = event.container ?? event.service;
      const what = [event.action, where && `in ${where}`].filter(Boolean).join(' ');
      const detail = event.detail === undefined ? '' : `: ${printable(event.detail)}`;
      this.#tell(`# +${formatSeconds(event.at)} ${this.#who}: ${what}${detail} (pod/${pod})`, 'aside');
    } else if (event.kind === 'TimeSkipped') {
      const byMs = Math.round(event.byMs / 1000) * 1000;
      if (byMs > 0)
        this.#tell(`# +${formatSeconds(event.at)} ${formatDuration(byMs)} were skipped (pod/${pod})`, 'aside');
    }
  }
}
