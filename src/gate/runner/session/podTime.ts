import { realNow } from '../../../clock/realNow';

/** Clock that measures how long at least one experiment had a pod, in real milliseconds. */
export class PodTime {
  readonly #now: () => number;
  readonly #playing = new Set<string>();
  #since = 0;
  #ms = 0;

  constructor(now: () => number = realNow) {
    this.#now = now;
  }

  get ms(): number {
    return this.#ms;
  }

  begin(experiment: string): void {
    if (this.#playing.size === 0) this.#since = this.#now();
    this.#playing.add(experiment);
  }

  end(experiment: string): void {
    if (this.#playing.delete(experiment) && this.#playing.size === 0) this.#ms += this.#now() - this.#since;
  }
}
