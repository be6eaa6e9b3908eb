import { realNow } from '../../clock/realNow';

/** Measures for how long at least one scenario has had a pod, in real milliseconds. */
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

  begin(scenario: string): void {
    if (this.#playing.size === 0) this.#since = this.#now();
    this.#playing.add(scenario);
  }

  end(scenario: string): void {
    if (this.#playing.delete(scenario) && this.#playing.size === 0) this.#ms += this.#now() - this.#since;
  }
}
