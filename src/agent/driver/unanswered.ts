import type { Instant } from '../../clock/instant';

/** The runs of probes that nothing in the pod responds to: they wait for their timeouts alone. */
export class Unanswered {
  readonly #runs = new Map<number, { readonly until: Instant; readonly resolve: (isTimedOut: boolean) => void }>();

  /** Resolves at the timeout, or to false if the test does something before: there may be a response then. */
  add(run: number, until: Instant): Promise<boolean> {
    return new Promise((resolve) => this.#runs.set(run, { until, resolve }));
  }

  has(run: number): boolean {
    return this.#runs.has(run);
  }

  /** When they end. */
  get ends(): readonly Instant[] {
    return [...this.#runs.values()].map(({ until }) => until);
  }

  /** Ends those whose time is over. */
  timeOut(now: Instant): void {
    this.#end(now, true);
  }

  /** Ends all of them without a result. */
  interrupt(): void {
    this.#end(Number.POSITIVE_INFINITY, false);
  }

  #end(now: number, isTimedOut: boolean): void {
    for (const [run, { until, resolve }] of [...this.#runs]) {
      if (until > now) continue;
      this.#runs.delete(run);
      resolve(isTimedOut);
    }
  }
}
