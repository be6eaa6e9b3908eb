import type { Instant } from '../clock/instant';
import type { Event, EventKind, EventOf, ProbeType } from '../timeline/event';
import { isA } from '../timeline/event';
import type { PodStatus } from '../timeline/podStatus';
import { type Restart, restartsOf } from '../timeline/restart';
import type { Timeline } from '../timeline/timeline';

interface Subject {
  readonly at: Instant;
  readonly container?: string;
  readonly probe?: ProbeType;
}

/** What else is on record beside an event, looked up once for a whole timeline. */
export class Scene {
  readonly #atOnce = new Map<Instant, Event[]>();
  readonly #restarts = new Map<Event, Restart>();
  readonly #before = new Map<Event, PodStatus>();
  readonly #signalled = new Map<Event, EventOf<'SignalSent'>>();

  constructor(timeline: Timeline) {
    let status: PodStatus | undefined;
    const signals = new Map<string, EventOf<'SignalSent'>>();
    for (const event of timeline.events) {
      const atOnce = this.#atOnce.get(event.at);
      if (atOnce) atOnce.push(event);
      else this.#atOnce.set(event.at, [event]);
      if (event.kind === 'StatusPublished') {
        if (status) this.#before.set(event, status);
        status = event.status;
      }
      if (event.kind === 'SignalSent' || event.kind === 'ContainerExited') {
        const signal = signals.get(event.container);
        if (signal) this.#signalled.set(event, signal);
      }
      if (event.kind === 'SignalSent') signals.set(event.container, event);
      if (event.kind === 'ContainerStarted') signals.delete(event.container);
    }
    for (const restart of restartsOf(timeline)) this.#restarts.set(restart.started, restart);
  }

  /** The event of that kind that happened at the same instant to the same container, by the same probe if one is named. */
  companion<K extends EventKind>(kind: K, subject: Subject): EventOf<K> | undefined {
    const same = ({ container, probe }: Subject) =>
      container === subject.container && (subject.probe === undefined || probe === subject.probe);
    return this.#atOnce.get(subject.at)?.find((event): event is EventOf<K> => isA(kind, event) && same(event));
  }

  /** The restart that this event is, if it is one. */
  restart(event: Event): Restart | undefined {
    return this.#restarts.get(event);
  }

  /** The status published before this one. */
  statusBefore(event: Event): PodStatus | undefined {
    return this.#before.get(event);
  }

  /** The signal the same container was sent last before this event. */
  signalBefore(event: Event): EventOf<'SignalSent'> | undefined {
    return this.#signalled.get(event);
  }
}
