import type { Backend } from '../backend';
import type { Event, EventOf } from '../event';
import { isA } from '../event';
import type { Since } from '../since';
import type { Timeline } from '../timeline';
import { EndpointFollower } from './endpoints';

/** A request that was dropped, and how it stands to what was done to the pod. */
export interface Drop {
  readonly request: EventOf<'RequestFinished'>;
  /** Whether the pod was a ready endpoint when it was sent. */
  readonly isEndpoint: boolean;
  /** The last signal that a container was sent which has not been started anew since. */
  readonly signal?: { readonly name: string; readonly sentAfterMs: number; readonly endedAfterMs: number };
  /** True if it was sent before the signal, and came to nothing after it. */
  readonly isInFlight: boolean;
  /** When it was sent, from the pod's removal from the ready endpoints on. */
  readonly sentAfterRemovalMs?: number;
}

/** The requests on record from `since` on that were dropped, in the order in which that was known. */
export function dropsOf(timeline: Timeline, since: Since): readonly Drop[] {
  const scene = new TrafficScene(timeline.backend);
  return timeline.events.flatMap((event, index) => {
    scene.follow(event);
    if (!isA('RequestFinished', event) || event.failure === undefined || index < since) return [];
    return [scene.dropOf(event)];
  });
}

/** The requests that were dropped, those together that no answered one lies between. */
export function streaksOfDrops(timeline: Timeline): readonly (readonly EventOf<'RequestFinished'>[])[] {
  const streaks: EventOf<'RequestFinished'>[][] = [];
  let streak: EventOf<'RequestFinished'>[] | undefined;
  for (const event of timeline.of('RequestFinished')) {
    if (event.failure === undefined) streak = undefined;
    else if (streak) streak.push(event);
    else {
      streak = [event];
      streaks.push(streak);
    }
  }
  return streaks;
}

/** What was last done to the pod that its clients may notice. */
class TrafficScene {
  readonly #endpoint: EndpointFollower;
  readonly #signals = new Map<string, EventOf<'SignalSent'>>();
  #removedAt: number | undefined;

  constructor(backend: Backend) {
    this.#endpoint = new EndpointFollower(backend);
  }

  follow(event: Event): void {
    const change = this.#endpoint.follow(event);
    if (change?.endpoint?.ready) this.#removedAt = undefined;
    else if (change?.before?.ready) this.#removedAt = event.at;
    if (isA('SignalSent', event) && !this.#signals.has(event.container)) this.#signals.set(event.container, event);
    if (isA('ContainerStarted', event)) this.#signals.delete(event.container);
  }

  dropOf(request: EventOf<'RequestFinished'>): Drop {
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
