import { type Instant, NEVER } from '../../clock/instant';
import type { Observation } from '../../kubelet/state/protocol';

/** What is still to be told, and when: by time, then in the order in which it was written down. */
export class Agenda {
  readonly #due: { readonly at: Instant; readonly seen: Observation }[] = [];

  get nextAt(): Instant {
    return this.#due[0]?.at ?? NEVER;
  }

  /** What is due by `at`, once. */
  take(at: Instant): Observation | undefined {
    return this.nextAt <= at ? this.#due.shift()?.seen : undefined;
  }

  /** What is due NEVER is not told, unless it is taken back and becomes due after all. */
  add(at: Instant, seen: Observation): void {
    let index = this.#due.length;
    while (index > 0 && (this.#due[index - 1]?.at ?? at) > at) index -= 1;
    this.#due.splice(index, 0, { at, seen });
  }

  /** Takes back the answer to a probe or hook that will not come any more; says whether it was still to come. */
  drop(run: number): boolean {
    const index = this.#due.findIndex(({ seen }) => 'run' in seen && seen.run === run);
    if (index >= 0) this.#due.splice(index, 1);
    return index >= 0;
  }
}
