import { printable } from '../../../escaping/terminal';
import { type Event, type EventOf, isA } from '../../../timeline/event';
import { historyOf } from '../../../timeline/history/podHistory';
import type { Timeline } from '../../../timeline/timeline';
import { formatDuration } from '../../../wording/durations';
import { RESTART_REASONS } from '../../../wording/restarts';
import { formatInstant } from '../axis';
import type { Flag, Lane } from '../chart';
import { endedBySignal } from '../stopped';
import { type Begun, barsOf } from './bars';

/** Waits, runs, is being stopped, is held up by back-off, is over: with each exit and each restart. */
export function stateLane(timeline: Timeline, container: string): Lane {
  const own = historyOf(timeline).about(container);
  return {
    title: container,
    kind: 'state',
    container,
    bars: barsOf(statesOf(timeline, own, container), timeline.now),
    dots: [],
    flags: flagsOf(timeline, own, container),
  };
}

function statesOf(timeline: Timeline, own: readonly Event[], container: string): readonly Begun[] {
  const waits = historyOf(timeline).crashLoopWaits.filter((wait) => wait.container === container);
  const starts = own.filter((event) => isA('Started', event));
  const states: Begun[] = [{ from: 0, look: 'wait', label: 'waits', tip: 'has not been started yet' }];
  for (const event of own) {
    const from = event.at;
    const before = states.at(-1)?.look;
    if (isA('ContainerStarted', event)) {
      const which = event.attempt === 0 ? 'runs' : `runs, restart ${event.attempt}`;
      states.push({ from, look: 'calm', label: which, tip: `${which} from ${formatInstant(from)} on` });
    } else if (isStopOf(event) && before === 'calm') {
      states.push({ from, look: 'warn', label: 'being stopped', tip: `being stopped from ${formatInstant(from)} on` });
    } else if (isA('ContainerExited', event)) {
      const next = starts.find(({ at }) => at > from)?.at ?? Number.POSITIVE_INFINITY;
      const wait = waits.find(({ refused }) => refused.at >= from && refused.at <= next);
      states.push(wait ? heldUp(from, wait.refused.delayMs) : ended(event));
    }
  }
  return states;
}

function heldUp(from: number, delayMs: number | undefined): Begun {
  const delay = delayMs === undefined ? '' : ` ${formatDuration(delayMs)}`;
  return {
    from,
    look: 'hatched',
    label: `back-off${delay}`,
    tip: `CrashLoopBackOff: held up${delay}, from its exit on`,
  };
}

function ended(exit: EventOf<'ContainerExited'>): Begun {
  const { at: from, exitCode } = exit;
  return {
    from,
    look: isWell(exit) ? 'wait' : 'bad',
    label: 'ended',
    tip: `ended with ${exitCode} at ${formatInstant(from)}`,
  };
}

function isWell(exit: EventOf<'ContainerExited'>): boolean {
  return exit.exitCode === 0 || endedBySignal(exit);
}

function isStopOf(event: Event): boolean {
  return isA('Killing', event) || (isA('SignalSent', event) && event.graceMs !== undefined);
}

function flagsOf(timeline: Timeline, own: readonly Event[], container: string): readonly Flag[] {
  const exits = own
    .filter((event) => isA('ContainerExited', event))
    .map((exit): Flag => {
      const { at, exitCode, reason, message } = exit;
      const more = printable([reason, message].filter(Boolean).join(': '));
      return {
        at,
        look: isWell(exit) ? 'calm' : 'bad',
        label: `exit ${exitCode}`,
        tip: `ended with ${exitCode}${more ? ` (${more})` : ''}`,
      };
    });
  const restarts = historyOf(timeline)
    .restarts.filter((restart) => restart.container === container)
    .map(({ started, attempt, because, backedOff }): Flag => {
      const how = backedOff ? ', after back-off' : '';
      return {
        at: started.at,
        look: 'calm',
        label: `restart ${attempt}`,
        tip: `restart ${attempt}${how}: ${RESTART_REASONS[because]}`,
      };
    });
  return [...exits, ...restarts].sort((a, b) => a.at - b.at);
}
