/** Time limit that can be paused while another part works. Without a limit it never expires. */
export class DialDeadline {
  readonly #expired = new AbortController();
  #leftMs: number;
  #since: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** It does not run yet. */
  constructor(limitMs = Number.POSITIVE_INFINITY) {
    this.#leftMs = limitMs;
  }

  /** Aborted once the time is up. */
  get signal(): AbortSignal {
    return this.#expired.signal;
  }

  run(): void {
    if (this.#since !== undefined || this.#leftMs === Number.POSITIVE_INFINITY) return;
    this.#since = performance.now();
    this.#timer = setTimeout(() => this.#expired.abort(), Math.max(this.#leftMs, 0));
  }

  pause(): void {
    if (this.#since === undefined) return;
    clearTimeout(this.#timer);
    this.#leftMs -= performance.now() - this.#since;
    this.#since = undefined;
  }
}
