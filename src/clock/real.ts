import { after, CREATED, type Instant } from './instant';

/** A pod's clock that runs as the machine's does, from the moment it is made, and can be put forward. */
export class RealClock {
  readonly #createdAtMs = performance.now();
  #skippedMs = 0;

  /** Returns the time in whole milliseconds. */
  now(): Instant {
    return after(CREATED, Math.floor(performance.now() - this.#createdAtMs + this.#skippedMs));
  }

  skip(byMs: number): void {
    this.#skippedMs += byMs;
  }
}
