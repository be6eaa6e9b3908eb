import { after, CREATED, type Instant, NEVER } from '../clock/instant';

/** Pace of a client's requests, and the time in which it does not know that the pod has left the endpoints. */
export interface Pace {
  readonly everyMs: number;
  readonly endpointRemovalDelayMs: number;
  /** The most requests under way at the same time. Default: no limit. */
  readonly concurrency?: number;
  /** The number of requests. Default: until the client is stopped. */
  readonly count?: number;
}

/** When a client of a pod asks it: while the pod is a ready endpoint, and a while after. */
export class RequestSchedule {
  readonly #pace: Pace;
  #isEndpoint = false;
  #askUntil: Instant = CREATED;
  #next: Instant = CREATED;
  #underWay = 0;
  #left: number;

  constructor(pace: Pace) {
    this.#pace = pace;
    this.#left = pace.count ?? Number.POSITIVE_INFINITY;
  }

  /** Handles that the pod has become a ready endpoint at that instant, or is no longer one. */
  follow(isEndpoint: boolean, at: Instant): void {
    if (isEndpoint && this.#nextAt === NEVER) this.#next = at;
    if (!isEndpoint && this.#isEndpoint) this.#askUntil = after(at, this.#pace.endpointRemovalDelayMs);
    this.#isEndpoint = isEndpoint;
  }

  /** The instant of the next request; NEVER while no client would send the pod one. */
  get dueAt(): Instant {
    const { concurrency = Number.POSITIVE_INFINITY } = this.#pace;
    return this.#underWay < concurrency ? this.#nextAt : NEVER;
  }

  /** True if a client still sends the pod requests at that instant. */
  isOpen(at: Instant): boolean {
    return this.#isEndpoint || at < this.#askUntil;
  }

  /** Handles that a request has been sent. One that was due in between is left out, not made up for. */
  sent(at: Instant): void {
    this.leftOut(at);
    this.#underWay += 1;
    this.#left -= 1;
  }

  /** Handles that a request was due, but no client sends it. */
  leftOut(at: Instant): void {
    const next = after(this.#next, this.#pace.everyMs);
    this.#next = next > at ? next : after(at, this.#pace.everyMs);
  }

  /** Handles the end of a request. One that had to wait for it is due now. */
  finish(at: Instant): void {
    this.#underWay -= 1;
    if (this.#next < at) this.#next = at;
  }

  /** Stops all requests. */
  stop(): void {
    this.#isEndpoint = false;
    this.#askUntil = CREATED;
    this.#next = NEVER;
  }

  get #nextAt(): Instant {
    return this.#left > 0 && (this.#isEndpoint || this.#next < this.#askUntil) ? this.#next : NEVER;
  }
}
