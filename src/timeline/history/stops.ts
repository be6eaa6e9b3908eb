import { type Event, type EventOf, isA, type KubeletEvent } from '../event';
import type { Timeline } from '../timeline';
import { type HookRun, hookRunsOf } from './hookRuns';

/** One time the kubelet stopped a container, from its decision to the end. */
export interface ContainerStop {
  readonly container: string;
  readonly killing: KubeletEvent<'Killing'>;
  /** The run of its preStop hook. */
  readonly preStop: HookRun | undefined;
  /** The stop signal. */
  readonly signalled: EventOf<'SignalSent'> | undefined;
  /** The processes that were still there a while after it. */
  readonly seen: EventOf<'ProcessesSeen'> | undefined;
  /** The SIGKILL at the end of its grace. */
  readonly killed: EventOf<'SignalSent'> | undefined;
  readonly exited: EventOf<'ContainerExited'> | undefined;
}

type OpenStop = { -readonly [Key in keyof ContainerStop]: ContainerStop[Key] };

/** Every stop on record, in order. */
export function stopsOf(timeline: Timeline): readonly ContainerStop[] {
  const stops: OpenStop[] = [];
  const hooks = hookRunsOf(timeline).filter(({ hook }) => hook === 'preStop');
  for (const event of timeline.events) {
    if (isA('Killing', event)) {
      const { container = '' } = event;
      const none = { preStop: undefined, signalled: undefined, seen: undefined, killed: undefined, exited: undefined };
      stops.push({ container, killing: event, ...none });
      continue;
    }
    const stop = isOfStop(event) && stops.findLast(({ container, exited }) => container === event.container && !exited);
    if (!stop) continue;
    if (isA('HookStarted', event)) stop.preStop ??= hooks.find(({ started }) => started === event);
    if (isA('SignalSent', event) && event.signal === 'SIGKILL') stop.killed ??= event;
    else if (isA('SignalSent', event)) stop.signalled ??= event;
    if (isA('ProcessesSeen', event) && event.signalled) stop.seen = event;
    if (isA('ContainerExited', event)) stop.exited = event;
  }
  return stops;
}

type OfStop = EventOf<'HookStarted' | 'SignalSent' | 'ProcessesSeen' | 'ContainerExited'>;

function isOfStop(event: Event): event is OfStop {
  return ['HookStarted', 'SignalSent', 'ProcessesSeen', 'ContainerExited'].includes(event.kind);
}
