import { type Instant, NEVER } from '../../clock/instant';
import type { Observation } from '../../kubelet/state/protocol';

/** The observations to come, by time, then in the order in which they were added. */
export class Agenda {
  readonly #due: { readonly at: Instant; readonly seen: Observation }[] = [];

  get nextAt(): Instant {
    return this.#due[0]?.at ?? NEVER;
  }

  /** Returns the next observation that is due by `at`, once. */
  take(at: Instant): Observation | undefined {
    return this.nextAt <= at ? this.#due.shift()?.seen : undefined;
  }

  /** Adds an observation. An observation that is due NEVER is not taken, unless it is dropped and added again. */
  add(at: Instant, seen: Observation): void {
    let index = this.#due.length;
    while (index > 0 && (this.#due[index - 1]?.at ?? at) > at) index -= 1;
    this.#due.splice(index, 0, { at, seen });
  }

  /** Drops the result of a probe or hook that will never come. Returns true if it was still to come. */
  drop(run: number): boolean {
    const index = this.#due.findIndex(({ seen }) => 'run' in seen && seen.run === run);
    if (index >= 0) this.#due.splice(index, 1);
    return index >= 0;
  }
}
