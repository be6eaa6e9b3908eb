import { printable } from '../../../escaping/terminal';
import { type Event, type EventOf, isA } from '../../../timeline/event';
import { historyOf } from '../../../timeline/history/podHistory';
import type { Timeline } from '../../../timeline/timeline';
import { formatSeconds } from '../../../wording/durations';
import type { Bar, Lane } from '../chart';

/** Returns the lane of the hooks of a container, with a bar for each run, if there were any. */
export function hookLane(timeline: Timeline, container: string): readonly Lane[] {
  const own = historyOf(timeline).about(container);
  const bars = own.flatMap((event, index): readonly Bar[] => {
    if (!isA('HookStarted', event)) return [];
    const rest = own.slice(index + 1);
    const until = rest.findIndex((later) => later.kind === 'ContainerExited' || startsHook(later, event));
    const instance = until < 0 ? rest : rest.slice(0, until);
    const finished = instance.find((later) => isA('HookFinished', later) && later.hook === event.hook);
    return [createBar(event, finished as EventOf<'HookFinished'> | undefined, rest[until]?.at ?? timeline.now)];
  });
  return bars.length === 0 ? [] : [{ title: 'hooks', kind: 'hook', container, bars, dots: [], flags: [] }];
}

function startsHook(later: Event, { hook }: EventOf<'HookStarted'>): boolean {
  return isA('HookStarted', later) && later.hook === hook;
}

function createBar(
  { at, hook }: EventOf<'HookStarted'>,
  finished: EventOf<'HookFinished'> | undefined,
  end: number,
): Bar {
  if (!finished)
    return {
      from: at,
      to: end,
      look: 'bad',
      label: `${hook} not finished`,
      tip: `${hook} did not finish before the container exited`,
    };
  const { failed, message, tookMs } = finished;
  const how = `${hook} ${failed ? 'failed' : 'completed'} after ${formatSeconds(tookMs)}${message ? `: ${printable(message)}` : ''}`;
  return {
    from: at,
    to: finished.at,
    look: failed ? 'bad' : 'good',
    label: failed ? `${hook} failed` : hook,
    tip: how,
  };
}
