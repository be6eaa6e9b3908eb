import type { Instant } from '../../clock/instant';

/** The runs of probes that nothing in the pod responds to: they only wait for their timeouts. */
export class Unanswered {
  readonly #runs = new Map<number, { readonly until: Instant; readonly resolve: (isTimedOut: boolean) => void }>();

  /** Resolves to true at the timeout, or to false if the test acts before, because the pod may respond after that. */
  add(run: number, until: Instant): Promise<boolean> {
    return new Promise((resolve) => this.#runs.set(run, { until, resolve }));
  }

  has(run: number): boolean {
    return this.#runs.has(run);
  }

  /** The instants of their timeouts. */
  get ends(): readonly Instant[] {
    return [...this.#runs.values()].map(({ until }) => until);
  }

  /** Ends the runs whose timeout has passed. */
  timeOut(now: Instant): void {
    this.#end(now, true);
  }

  /** Ends all runs without a result. */
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
