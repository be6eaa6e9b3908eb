import { after, CREATED, type Instant, NEVER } from '../clock/instant';

/** How often a client asks, and for how long it does not know that the pod has left the endpoints. */
export interface Pace {
  readonly everyMs: number;
  readonly endpointRemovalDelayMs: number;
}

/** When a client of a pod asks it: while the pod is a ready endpoint, and a while after. */
export class Schedule {
  readonly #pace: Pace;
  #isEndpoint = false;
  #askUntil: Instant = CREATED;
  #next: Instant = CREATED;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** The pod has become a ready endpoint at that instant, or is one no longer. */
  follow(isEndpoint: boolean, at: Instant): void {
    if (isEndpoint && this.dueAt === NEVER) this.#next = at;
    if (!isEndpoint && this.#isEndpoint) this.#askUntil = after(at, this.#pace.endpointRemovalDelayMs);
    this.#isEndpoint = isEndpoint;
  }

  /** When the next request is due; NEVER as long as nobody would send the pod one. */
  get dueAt(): Instant {
    return this.#isEndpoint || this.#next < this.#askUntil ? this.#next : NEVER;
  }

  /** A request has been sent. One that was due meanwhile is left out, not made up for. */
  sent(at: Instant): void {
    const next = after(this.#next, this.#pace.everyMs);
    this.#next = next > at ? next : after(at, this.#pace.everyMs);
  }

  /** Nobody asks any more. */
  stop(): void {
    this.#isEndpoint = false;
    this.#askUntil = CREATED;
    this.#next = NEVER;
  }
}
