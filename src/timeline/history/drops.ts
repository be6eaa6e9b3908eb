import type { Event, EventOf } from '../event';
import { isA } from '../event';
import type { EndpointChange } from './endpoints';

/** A request that was dropped, and how it stands to what was done to the pod. */
export interface Drop {
  readonly request: EventOf<'RequestFinished'>;
  /** True if the pod was a ready endpoint when it was sent. */
  readonly isEndpoint: boolean;
  /** The last signal to a container that has not been restarted since. */
  readonly signal?: { readonly name: string; readonly sentAfterMs: number; readonly endedAfterMs: number };
  /** True if it was sent before the signal, and came to nothing after it. */
  readonly isInFlight: boolean;
  /** The time from the pod's removal from the ready endpoints until it was sent. */
  readonly sentAfterRemovalMs?: number;
}

type ClientRequest = EventOf<'RequestFinished'>;

/** Finds the requests that were dropped, in the order in which that was known, and what was last done to the pod. */
export class Drops {
  readonly all: Drop[] = [];
  readonly #streaks: ClientRequest[][] = [];
  readonly #signals = new Map<string, EventOf<'SignalSent'>>();
  #isInStreak = false;
  #removedAt: number | undefined;

  /** The requests that were dropped, those together that no answered one lies between. */
  get streaks(): readonly (readonly ClientRequest[])[] {
    return this.#streaks;
  }

  /** Folds an event; `change` is that of the pod's endpoint by this event. */
  fold(event: Event, change: EndpointChange | undefined): void {
    if (change?.endpoint?.ready) this.#removedAt = undefined;
    else if (change?.before?.ready) this.#removedAt = event.at;
    if (isA('SignalSent', event) && !this.#signals.has(event.container)) this.#signals.set(event.container, event);
    if (isA('ContainerStarted', event)) this.#signals.delete(event.container);
    if (!isA('RequestFinished', event)) return;
    if (event.failure !== undefined) this.#drop(event);
    this.#isInStreak = event.failure !== undefined;
  }

  #drop(request: ClientRequest): void {
    this.all.push(this.#dropOf(request));
    if (this.#isInStreak) this.#streaks.at(-1)?.push(request);
    else this.#streaks.push([request]);
  }

  #dropOf(request: ClientRequest): Drop {
    const signal = [...this.#signals.values()].at(-1);
    const sentAfterRemovalMs = this.#removedAt === undefined ? undefined : request.sentAt - this.#removedAt;
    return {
      request,
      isInFlight: signal !== undefined && request.sentAt < signal.at,
      isEndpoint: sentAfterRemovalMs === undefined || sentAfterRemovalMs < 0,
      ...(signal && {
        signal: { name: signal.signal, sentAfterMs: request.sentAt - signal.at, endedAfterMs: request.at - signal.at },
      }),
      ...(sentAfterRemovalMs !== undefined && { sentAfterRemovalMs }),
    };
  }
}
