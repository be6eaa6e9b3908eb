import { containersOf, type Pod } from '../../manifest/model';
import { drawTimeline } from '../../report/drawing/drawTimeline';
import { htmlReport } from '../../report/html/document/htmlReport';
import { podRecord } from '../../report/record/podRecord';
import type { Timeline } from '../../timeline/timeline';
import { type TimelineOptions, WritableTimeline } from '../../timeline/writableTimeline';
import { digest } from './digest';

/** Timeline of a pod handle, which can draw itself. */
export interface PodTimeline extends Timeline {
  /** Returns a chart of the pod run with a time axis, at most 80 columns wide. */
  toString(): string;
  /** Returns an HTML page of the pod run so far, which needs no other file and no network. */
  toHTML(): string;
}

/** The log behind a {@link PodTimeline}. */
export class WritablePodTimeline extends WritableTimeline implements PodTimeline {
  readonly #pod: Pod;
  readonly #kind: 'run' | 'simulated';
  readonly #broken: () => Error | undefined;

  // `broken` is the reason if the run was aborted.
  constructor(
    pod: Pod,
    kind: 'run' | 'simulated',
    around: TimelineOptions = {},
    broken: () => Error | undefined = () => undefined,
  ) {
    super(around);
    this.#broken = broken;
    this.#pod = pod;
    this.#kind = kind;
  }

  override toString(): string {
    return drawTimeline(this, { containers: containersOf(this.#pod.spec).map(({ name }) => name) });
  }

  toHTML(): string {
    const podRun = { pod: this.#pod, timeline: this, broken: this.#broken() };
    return htmlReport({ version: 1, pods: [podRecord(podRun, { kind: this.#kind, manifest: digest(this.#pod) })] });
  }
}
