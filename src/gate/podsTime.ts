import { realNow } from '../clock/realNow';

/** Measures for how long at least one scenario has had a pod, in real time. */
export class PodsTime {
  readonly #playing = new Set<string>();
  #since = 0;
  #ms = 0;

  get ms(): number {
    return this.#ms;
  }

  begin(scenario: string): void {
    if (this.#playing.size === 0) this.#since = realNow();
    this.#playing.add(scenario);
  }

  end(scenario: string): void {
    if (this.#playing.delete(scenario) && this.#playing.size === 0) this.#ms += realNow() - this.#since;
  }
}
