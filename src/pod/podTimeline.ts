import { containersOf, type Pod } from '../manifest/model';
import { drawTimeline } from '../report/drawTimeline';
import { type Surroundings, Timeline } from '../timeline/timeline';

/** The record of one pod's life, as its handle has it: written as a text it is a picture. */
export class PodTimeline extends Timeline {
  readonly #pod: Pod;

  constructor(pod: Pod, around: Surroundings = {}) {
    super(around);
    this.#pod = pod;
  }

  /** Lanes of the pod's life under a time axis, at most 80 columns wide. */
  override toString(): string {
    return drawTimeline(this, { containers: containersOf(this.#pod.spec).map(({ name }) => name) });
  }
}
