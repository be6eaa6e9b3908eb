import { type Event, type EventOf, isA, type KubeletEvent } from '../event';
import type { HookRun } from './hookRuns';

/** Stop of a container, from the kubelet's decision to the end. */
export interface ContainerStop {
  readonly container: string;
  readonly killing: KubeletEvent<'Killing'>;
  /** The run of its preStop hook. */
  readonly preStop: HookRun | undefined;
  /** The stop signal. */
  readonly signalled: EventOf<'SignalSent'> | undefined;
  /** The processes that were still there a while after it. */
  readonly seen: EventOf<'ProcessesSeen'> | undefined;
  /** The SIGKILL at the end of its grace period. */
  readonly killed: EventOf<'SignalSent'> | undefined;
  readonly exited: EventOf<'ContainerExited'> | undefined;
}

type OpenStop = { -readonly [Key in keyof ContainerStop]: ContainerStop[Key] };

/** Finds every stop, in order. */
export class ContainerStops {
  readonly #stops: OpenStop[] = [];

  get all(): readonly ContainerStop[] {
    return this.#stops;
  }

  /** Folds an event; `hooks` are the runs of hooks so far, with that of this event. */
  fold(event: Event, hooks: readonly HookRun[]): void {
    if (isA('Killing', event)) {
      const { container = '' } = event;
      const none = { preStop: undefined, signalled: undefined, seen: undefined, killed: undefined, exited: undefined };
      this.#stops.push({ container, killing: event, ...none });
      return;
    }
    if (!isOfStop(event)) return;
    const stop = this.#stops.findLast(({ container, exited }) => container === event.container && !exited);
    if (!stop) return;
    if (isA('HookStarted', event) && event.hook === 'preStop') {
      stop.preStop ??= hooks.find(({ started }) => started === event);
    }
    if (isA('SignalSent', event) && event.signal === 'SIGKILL') stop.killed ??= event;
    else if (isA('SignalSent', event)) stop.signalled ??= event;
    if (isA('ProcessesSeen', event) && event.signalled) stop.seen = event;
    if (isA('ContainerExited', event)) stop.exited = event;
  }
}

type OfStop = EventOf<'HookStarted' | 'SignalSent' | 'ProcessesSeen' | 'ContainerExited'>;

function isOfStop(event: Event): event is OfStop {
  return ['HookStarted', 'SignalSent', 'ProcessesSeen', 'ContainerExited'].includes(event.kind);
}
