import { printable } from '../../../escaping/terminal';
import { type Event, type EventOf, isA } from '../../../timeline/event';
import { historyOf } from '../../../timeline/history/podHistory';
import type { Timeline } from '../../../timeline/timeline';
import { formatDuration } from '../../../wording/durations';
import { RESTART_REASONS } from '../../../wording/restarts';
import { formatInstant } from '../axis';
import type { Flag, Lane } from '../chart';
import { isStoppedBySignal } from '../isStoppedBySignal';
import { closeBars, type OpenBar } from './bars';

/** Returns the lane of a container's states, with a flag for each exit and restart. */
export function stateLane(timeline: Timeline, container: string): Lane {
  const own = historyOf(timeline).about(container);
  return {
    title: container,
    kind: 'state',
    container,
    bars: closeBars(listStates(timeline, own, container), timeline.now),
    dots: [],
    flags: listFlags(timeline, own, container),
  };
}

function listStates(timeline: Timeline, own: readonly Event[], container: string): readonly OpenBar[] {
  const waits = historyOf(timeline).crashLoopWaits.filter((wait) => wait.container === container);
  const starts = own.filter((event) => isA('Started', event));
  const states: OpenBar[] = [{ from: 0, look: 'wait', label: 'Waiting', tip: 'Waiting: not started yet' }];
  for (const event of own) {
    const from = event.at;
    const before = states.at(-1)?.look;
    if (isA('ContainerStarted', event)) {
      const label = event.attempt === 0 ? 'Running' : `Running, restart ${event.attempt}`;
      states.push({ from, look: 'calm', label, tip: `${label}, since ${formatInstant(from)}` });
    } else if (isStop(event) && before === 'calm') {
      states.push({ from, look: 'warn', label: 'stopping', tip: `Running, stopping since ${formatInstant(from)}` });
    } else if (isA('ContainerExited', event)) {
      const next = starts.find(({ at }) => at > from)?.at ?? Number.POSITIVE_INFINITY;
      const wait = waits.find(({ refused }) => refused.at >= from && refused.at <= next);
      states.push(wait ? createBackOff(from, wait.refused.delayMs) : createTerminated(event));
    }
  }
  return states;
}

function createBackOff(from: number, delayMs: number | undefined): OpenBar {
  const delay = delayMs === undefined ? '' : ` ${formatDuration(delayMs)}`;
  return {
    from,
    look: 'hatched',
    label: `Waiting, back-off${delay}`,
    tip: `Waiting, reason CrashLoopBackOff: back-off${delay} after the exit`,
  };
}

function createTerminated(exit: EventOf<'ContainerExited'>): OpenBar {
  const { at: from, exitCode } = exit;
  return {
    from,
    look: isNormal(exit) ? 'wait' : 'bad',
    label: 'Terminated',
    tip: `Terminated at ${formatInstant(from)}, exit code ${exitCode}`,
  };
}

function isNormal(exit: EventOf<'ContainerExited'>): boolean {
  return exit.exitCode === 0 || isStoppedBySignal(exit);
}

function isStop(event: Event): boolean {
  return isA('Killing', event) || (isA('SignalSent', event) && event.graceMs !== undefined);
}

function listFlags(timeline: Timeline, own: readonly Event[], container: string): readonly Flag[] {
  const exits = own
    .filter((event) => isA('ContainerExited', event))
    .map((exit): Flag => {
      const { at, exitCode, reason, message } = exit;
      const details = printable([reason, message].filter(Boolean).join(': '));
      return {
        at,
        look: isNormal(exit) ? 'calm' : 'bad',
        label: `exit ${exitCode}`,
        tip: `exit code ${exitCode}${details ? ` (${details})` : ''}`,
      };
    });
  const restarts = historyOf(timeline)
    .restarts.filter((restart) => restart.container === container)
    .map(({ started, attempt, because, backedOff }): Flag => {
      const delay = backedOff ? ' after back-off' : '';
      return {
        at: started.at,
        look: 'calm',
        label: `restart ${attempt}`,
        tip: `restart ${attempt}${delay}: ${RESTART_REASONS[because]}`,
      };
    });
  return [...exits, ...restarts].sort((a, b) => a.at - b.at);
}
