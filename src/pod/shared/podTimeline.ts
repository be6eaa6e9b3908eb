import { containersOf, type Pod } from '../../manifest/model';
import { drawTimeline } from '../../report/drawing/drawTimeline';
import { htmlReport } from '../../report/html/document/htmlReport';
import { podRecord } from '../../report/record/podRecord';
import { Timeline, type TimelineOptions } from '../../timeline/timeline';
import { digest } from './digest';

/** The record of one pod's life, as its handle has it: written as a text it is a picture. */
export class PodTimeline extends Timeline {
  readonly #pod: Pod;
  readonly #kind: 'run' | 'simulated';
  readonly #broken: () => Error | undefined;

  // `broken` is why the run broke, once it has.
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

  /** Lanes of the pod's life under a time axis, at most 80 columns wide. */
  override toString(): string {
    return drawTimeline(this, { containers: containersOf(this.#pod.spec).map(({ name }) => name) });
  }

  /** One HTML page that needs nothing else, and no network: the pod's life so far, to be looked at closely. */
  toHTML(): string {
    const rehearsal = { pod: this.#pod, timeline: this, broken: this.#broken() };
    return htmlReport({ version: 1, pods: [podRecord(rehearsal, { kind: this.#kind, manifest: digest(this.#pod) })] });
  }
}
