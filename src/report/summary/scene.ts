import type { Instant } from '../../clock/instant';
import type { Event, EventKind, EventOf, KubeletEvent, ProbeType } from '../../timeline/event';
import { isA } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { Restart } from '../../timeline/history/restarts';
import { signalTrouble } from '../../timeline/history/signalTrouble';
import type { PodStatus } from '../../timeline/podStatus';
import type { Timeline } from '../../timeline/timeline';
import { formatSignalTrouble } from '../../wording/signalTrouble';

interface SceneFilter {
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
  readonly #unfinished = new Map<Event, EventOf<'HookStarted'>>();
  readonly #seen = new Map<Event, EventOf<'ProcessesSeen'>>();
  readonly #troubles = new Map<Event, string>();
  readonly #drops = new Map<Event, readonly EventOf<'RequestFinished'>[]>();

  constructor(timeline: Timeline) {
    let status: PodStatus | undefined;
    const hooks = new Map<string, EventOf<'HookStarted'>>();
    const signals = new Map<string, EventOf<'SignalSent'>>();
    const seen = new Map<string, EventOf<'ProcessesSeen'>>();
    const told = new Set<string>();
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
      if (event.kind === 'HookStarted') hooks.set(event.container, event);
      if (event.kind === 'HookFinished') hooks.delete(event.container);
      if (event.kind === 'SignalSent') {
        const hook = hooks.get(event.container);
        if (hook) this.#unfinished.set(event, hook);
        const processes = seen.get(event.container);
        if (processes?.signalled) this.#seen.set(event, processes);
        signals.set(event.container, event);
      }
      if (event.kind === 'ContainerStarted') {
        signals.delete(event.container);
        seen.delete(event.container);
      }
      if (event.kind === 'ContainerExited' && signals.get(event.container)?.signal !== 'SIGKILL') {
        // It came to its end: nothing kept it from that. A handler set by Node's process.once is gone once it is called.
        const processes = seen.get(event.container);
        if (processes?.signalled) this.#troubles.delete(processes);
      }
      if (event.kind === 'ProcessesSeen') {
        seen.set(event.container, event);
        const trouble = signalTrouble(event);
        const text = trouble && formatSignalTrouble(trouble);
        if (text === undefined || (!event.signalled && told.has(`${event.container} ${text}`))) continue;
        told.add(`${event.container} ${text}`);
        this.#troubles.set(event, text);
      }
    }
    for (const restart of historyOf(timeline).restarts) this.#restarts.set(restart.started, restart);
    for (const streak of historyOf(timeline).dropStreaks) if (streak[0]) this.#drops.set(streak[0], streak);
  }

  /** The event of that kind that happened at the same instant to the same container, by the same probe if one is named. */
  companion<K extends EventKind>(kind: K, subject: SceneFilter): EventOf<K> | undefined {
    const same = ({ container, probe }: SceneFilter) =>
      container === subject.container && (subject.probe === undefined || probe === subject.probe);
    return this.#atOnce.get(subject.at)?.find((event): event is EventOf<K> => isA(kind, event) && same(event));
  }

  /** The answer of a probe that this event is about. In virtual time a probe may be asked twice at one instant. */
  answer(event: KubeletEvent<'Unhealthy' | 'ProbeWarning'>): EventOf<'ProbeFinished'> | undefined {
    const atOnce = this.#atOnce.get(event.at) ?? [];
    const same = (one: Event) => 'probe' in one && one.probe === event.probe && one.container === event.container;
    const answers = atOnce.filter((one) => isA('ProbeFinished', one) && same(one) && one.result !== 'Success');
    const place = atOnce.filter((one) => one.kind === event.kind && same(one)).indexOf(event);
    return (answers[place] ?? answers[0]) as EventOf<'ProbeFinished'> | undefined;
  }

  /** The restart that this event is, if it is one. */
  restart(event: Event): Restart | undefined {
    return this.#restarts.get(event);
  }

  /** The status published before this one. */
  statusBefore(event: Event): PodStatus | undefined {
    return this.#before.get(event);
  }

  /** What keeps the stop signal from ending these processes well; of what is so again and again only the first is told. */
  trouble(event: EventOf<'ProcessesSeen'>): string | undefined {
    return this.#troubles.get(event);
  }

  /** The processes that were there after the stop signal and before this one, which is another. */
  seenBefore(event: EventOf<'SignalSent'>): EventOf<'ProcessesSeen'> | undefined {
    return this.#seen.get(event);
  }

  /** The requests that were dropped one after another from this one on; undefined for any but the first. */
  dropsFrom(event: EventOf<'RequestFinished'>): readonly EventOf<'RequestFinished'>[] | undefined {
    return this.#drops.get(event);
  }

  /** The hook of the same container that had not finished when this signal was sent. */
  unfinishedHook(signal: EventOf<'SignalSent'>): EventOf<'HookStarted'> | undefined {
    return this.#unfinished.get(signal);
  }

  /** The signal the same container was sent last before this event. */
  signalBefore(event: Event): EventOf<'SignalSent'> | undefined {
    return this.#signalled.get(event);
  }
}
