import { after, type Instant } from '../../clock/instant';
import { RuntimeError } from '../../runtime/runtimeError';
import type { Driver } from '../driver/driver';

/** The limit on the pod's clock for an action that waits for its container to run. It is longer than any back-off. */
const PATIENCE_MS = 600_000;
const FIX = "Read the pod's events to find out why";
const NOTHING_MISSED = Number.POSITIVE_INFINITY;

/** Actions of the test that wait for the pod's progress. */
export class Waiters {
  readonly #driver: Driver;
  readonly #now: () => Instant;
  readonly #waiting = new Set<() => void>();
  #broken: Error | undefined;

  constructor(driver: Driver, now: () => Instant) {
    this.#driver = driver;
    this.#now = now;
  }

  onEvents(): void {
    this.#lookAgain();
  }

  onClockReached(): void {
    this.#lookAgain();
  }

  onEnded(): void {
    this.#lookAgain();
  }

  onBroken(error: Error): void {
    this.#broken ??= error;
    this.#lookAgain();
  }

  /** Resolves to the result of `find` as soon as it is defined. Rejects once it can no longer become defined. */
  until<T>(where: string, wrong: string, find: () => T | undefined): Promise<T> {
    const deadline = after(this.#now(), PATIENCE_MS);
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = find();
        if (found === undefined && !this.#isHopeless(deadline)) {
          this.#driver.await(deadline, NOTHING_MISSED);
          return;
        }
        this.#waiting.delete(look);
        if (found !== undefined) resolve(found);
        else
          reject(
            this.#broken ??
              new RuntimeError(where, `${wrong}, and the pod's phase is ${this.#driver.state.status.phase}. ${FIX}`),
          );
      };
      this.#waiting.add(look);
      look();
    });
  }

  #lookAgain(): void {
    for (const look of this.#waiting) look();
  }

  #isHopeless(deadline: Instant): boolean {
    return this.#driver.isAtRest || this.#now() >= deadline;
  }
}
