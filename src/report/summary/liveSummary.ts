import { printable } from '../../escaping/terminal';
import type { Pod } from '../../manifest/model';
import type { Event } from '../../timeline/event';
import { formatDuration, formatSeconds } from '../../wording/durations';
import { Columns } from '../kubectl/columns';
import { createPodColumns, PodWatch } from '../kubectl/podWatch';

const HEADER = ['AT', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
const GAP = 3;
/** Common cells. Their widths keep the columns of most pods aligned. */
const COMMON_EVENT = ['+100.0s', 'Warning', 'Scheduled'];
const COMMON_ROW = ['', '', 'ContainerCreating', '1 (10s ago)'];

/** Kind of a line, which determines its color. */
export type Tone = 'row' | 'normal' | 'warning' | 'aside';

/**
 * Live summary of pods: the lines of `kubectl get pod -w` and `kubectl get events -w`, actions of the test, and skipped
 * time. Events show the clock of the pod instead of their age.
 */
export class LiveSummary {
  readonly #print: (line: string, tone: Tone) => void;
  readonly #actor: string;
  readonly #pods = createPodColumns(COMMON_ROW);
  readonly #events = new Columns(HEADER, GAP, COMMON_EVENT);
  readonly #names = new Map<string, number>();

  /** Creates a summary. `actor` acts on the pods. */
  constructor(print: (line: string, tone: Tone) => void, actor = 'the test') {
    this.#print = print;
    this.#actor = actor;
  }

  /** Adds a pod. Returns the function that receives its events. */
  follow(pod: Pod, kubernetesVersion?: string): (events: readonly Event[]) => void {
    const name = this.#number(pod);
    const named = { ...pod, metadata: { ...pod.metadata, name } };
    const watch = new PodWatch(named, kubernetesVersion, this.#pods);
    return (events) => {
      for (const event of events) {
        for (const line of watch.read(event)) this.#print(line, 'row');
        this.#read(event, name);
      }
    };
  }

  /** Returns a unique name. Pods of one manifest share a name, so the second one becomes `web#2`. */
  #number({ metadata: { name } }: Pod): string {
    const count = (this.#names.get(name) ?? 0) + 1;
    this.#names.set(name, count);
    return count === 1 ? name : `${name}#${count}`;
  }

  #read(event: Event, pod: string): void {
    if (event.source === 'kubelet') {
      const { at, type, kind, message } = event;
      const row = [`+${formatSeconds(at)}`, type, kind, `pod/${pod}`, printable(message)];
      for (const line of this.#events.print(row)) this.#print(line, type === 'Warning' ? 'warning' : 'normal');
    } else if (event.kind === 'TestActed') {
      const target = event.container ?? event.service;
      const action = [event.action, target && `in ${target}`].filter(Boolean).join(' ');
      const detail = event.detail === undefined ? '' : `: ${printable(event.detail)}`;
      this.#print(`# +${formatSeconds(event.at)} ${this.#actor}: ${action}${detail} (pod/${pod})`, 'aside');
    } else if (event.kind === 'TimeSkipped') {
      const byMs = Math.round(event.byMs / 1000) * 1000;
      if (byMs > 0) this.#print(`# +${formatSeconds(event.at)} skipped ${formatDuration(byMs)} (pod/${pod})`, 'aside');
    }
  }
}
