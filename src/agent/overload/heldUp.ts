const TICK_MS = 20;
/** The delay of a timer that is normal for a process that is not blocked. */
const SLACK_MS = 30;

export interface BlockedTime {
  readonly tookMs: number;
  /** The part of it in which this process was blocked. */
  readonly heldUpMs: number;
}

/**
 * A meter of the time for which this process was blocked, by its own work or because the machine gave it no processor
 * time.
 */
export class HeldUp {
  readonly #begunAt = performance.now();
  readonly #timer = setInterval(() => this.#look(), TICK_MS);
  #seenAt = this.#begunAt;
  #ms = 0;

  stop(): BlockedTime {
    clearInterval(this.#timer);
    this.#look();
    return { tookMs: this.#seenAt - this.#begunAt, heldUpMs: Math.round(this.#ms) };
  }

  #look(): void {
    const now = performance.now();
    const lateMs = now - this.#seenAt - TICK_MS;
    if (lateMs > SLACK_MS) this.#ms += lateMs;
    this.#seenAt = now;
  }
}
