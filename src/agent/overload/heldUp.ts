const TICK_MS = 20;
/** What a timer may be late by without anybody being held up. */
const SLACK_MS = 30;

export interface BlockedTime {
  readonly tookMs: number;
  /** For how much of it this process could do nothing. */
  readonly heldUpMs: number;
}

/** Sees for how long this process could do nothing: its own work blocked it, or the machine gave it no time. */
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
