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

/** Lookup of the events that belong to an event, built once for a timeline. */
export class Scene {
  readonly #sameInstant = new Map<Instant, Event[]>();
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
    const reported = new Set<string>();
    for (const event of timeline.events) {
      const sameInstant = this.#sameInstant.get(event.at);
      if (sameInstant) sameInstant.push(event);
      else this.#sameInstant.set(event.at, [event]);
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
        // It exited, so nothing was wrong. Node removes a process.once handler when it calls it, so it looked unhandled.
        const processes = seen.get(event.container);
        if (processes?.signalled) this.#troubles.delete(processes);
      }
      if (event.kind === 'ProcessesSeen') {
        seen.set(event.container, event);
        const trouble = signalTrouble(event);
        const text = trouble && formatSignalTrouble(trouble);
        if (text === undefined || (!event.signalled && reported.has(`${event.container} ${text}`))) continue;
        reported.add(`${event.container} ${text}`);
        this.#troubles.set(event, text);
      }
    }
    for (const restart of historyOf(timeline).restarts) this.#restarts.set(restart.started, restart);
    for (const streak of historyOf(timeline).dropStreaks) if (streak[0]) this.#drops.set(streak[0], streak);
  }

  /** Finds an event of a kind at the same instant in the same container, and of the same probe if one is given. */
  findRelated<K extends EventKind>(kind: K, subject: SceneFilter): EventOf<K> | undefined {
    const isSame = ({ container, probe }: SceneFilter) =>
      container === subject.container && (subject.probe === undefined || probe === subject.probe);
    return this.#sameInstant.get(subject.at)?.find((event): event is EventOf<K> => isA(kind, event) && isSame(event));
  }

  /** Finds the probe run of an event. In virtual time, a probe can run twice at one instant. */
  findAttempt(event: KubeletEvent<'Unhealthy' | 'ProbeWarning'>): EventOf<'ProbeFinished'> | undefined {
    const sameInstant = this.#sameInstant.get(event.at) ?? [];
    const isSame = (one: Event) => 'probe' in one && one.probe === event.probe && one.container === event.container;
    const attempts = sameInstant.filter((one) => isA('ProbeFinished', one) && isSame(one) && one.result !== 'Success');
    const place = sameInstant.filter((one) => one.kind === event.kind && isSame(one)).indexOf(event);
    return (attempts[place] ?? attempts[0]) as EventOf<'ProbeFinished'> | undefined;
  }

  /** Returns the restart of an event, if it is one. */
  restart(event: Event): Restart | undefined {
    return this.#restarts.get(event);
  }

  /** Returns the status that was published before. */
  statusBefore(event: Event): PodStatus | undefined {
    return this.#before.get(event);
  }

  /** Returns why the stop signal does not terminate these processes. A repeated reason is returned only once. */
  trouble(event: EventOf<'ProcessesSeen'>): string | undefined {
    return this.#troubles.get(event);
  }

  /** Returns the processes that were seen between the stop signal and this signal. */
  seenBefore(event: EventOf<'SignalSent'>): EventOf<'ProcessesSeen'> | undefined {
    return this.#seen.get(event);
  }

  /** Returns the streak of dropped requests that starts with this one. */
  dropStreak(event: EventOf<'RequestFinished'>): readonly EventOf<'RequestFinished'>[] | undefined {
    return this.#drops.get(event);
  }

  /** Returns the hook of the container that was still running at this signal. */
  unfinishedHook(signal: EventOf<'SignalSent'>): EventOf<'HookStarted'> | undefined {
    return this.#unfinished.get(signal);
  }

  /** Returns the last signal to the container before this event. */
  signalBefore(event: Event): EventOf<'SignalSent'> | undefined {
    return this.#signalled.get(event);
  }
}
