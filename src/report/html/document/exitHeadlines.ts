import { printable } from '../../../escaping/terminal';
import { isTerminal } from '../../../timeline/condition';
import type { EventOf } from '../../../timeline/event';
import { historyOf } from '../../../timeline/history/podHistory';
import { signalTrouble } from '../../../timeline/history/signalTrouble';
import type { Timeline } from '../../../timeline/timeline';
import { formatSeconds } from '../../../wording/durations';
import { formatSignalTrouble } from '../../../wording/signalTrouble';
import { isStoppedBySignal } from '../../chart/isStoppedBySignal';
import { type Headline, isAfterFault } from './headline';

/** Returns the headlines about SIGKILL, the end of the pod, and failed exits. */
export function exitHeadlines(timeline: Timeline): readonly Headline[] {
  return [
    ...killHeadlines(timeline),
    ...endHeadline(timeline),
    ...deletionHeadline(timeline),
    ...failedExitHeadlines(timeline),
  ];
}

/** Returns the fix for an exit that nothing requested. */
export function fixExit({ exitCode, reason }: EventOf<'ContainerExited'>): string {
  if (reason === 'OOMKilled') return 'Raise resources.limits.memory or reduce memory use.';
  if (exitCode === 0) return 'Keep the process running, or run it as a Job with restartPolicy OnFailure or Never.';
  return 'Find the error in the container logs before the exit.';
}

function killHeadlines(timeline: Timeline): readonly Headline[] {
  const { signals } = historyOf(timeline);
  return signals.flatMap((kill): readonly Headline[] => {
    if (kill.signal !== 'SIGKILL') return [];
    const { container, at } = kill;
    const before = signals.findLast((one) => one.container === container && one.at < at);
    if (!before) return [{ tone: 'bad', text: `${container} got SIGKILL`, at }];
    const text = `${container} got SIGKILL ${formatSeconds(at - before.at)} after ${before.signal} because it was still running`;
    const fix = isAfterFault(timeline, at) ? undefined : fixKill(kill, before.signal, timeline);
    return [{ tone: 'bad', text, fix, at }];
  });
}

/** Returns the observed reason with its fix, or the general fix if the processes were not observed. */
function fixKill({ container, at }: EventOf<'SignalSent'>, signal: string, timeline: Timeline): string {
  const seen = historyOf(timeline).processesSeen.findLast((one) => {
    return one.container === container && one.signalled && one.at <= at;
  });
  const trouble = seen && signalTrouble(seen);
  if (trouble) return printable(formatSignalTrouble(trouble));
  return `Handle ${signal} and exit within the grace period, or raise terminationGracePeriodSeconds.`;
}

function endHeadline(timeline: Timeline): readonly Headline[] {
  const { published, deletions } = historyOf(timeline);
  const over = published.find(({ status }) => isTerminal(status.phase));
  const [deleted] = deletions;
  if (!over || (deleted && deleted.at < over.at)) return [];
  const { phase, reason, message } = over.status;
  const details = printable([reason, message].filter(Boolean).join(': '));
  const text = `Pod phase is ${phase}${details ? ` (${details})` : ''}`;
  return [{ tone: phase === 'Failed' ? 'bad' : 'good', text, at: over.at }];
}

function deletionHeadline(timeline: Timeline): readonly Headline[] {
  const { deletions, removed } = historyOf(timeline);
  const [deleted] = deletions;
  if (!deleted) return [];
  const end = removed ? `, and removed ${formatSeconds(removed.at - deleted.at)} later` : '';
  return [{ tone: 'plain', text: `Pod was deleted${end}`, at: deleted.at }];
}

function failedExitHeadlines(timeline: Timeline): readonly Headline[] {
  const failed = historyOf(timeline).exits.filter((exit) => isLast(exit, timeline) && isFailure(exit, timeline));
  return failed.map((exit): Headline => {
    const { at, container, exitCode, reason, afterSignalMs } = exit;
    const details = reason && reason !== 'Error' ? ` (${reason})` : '';
    const after = afterSignalMs === undefined ? '' : `, ${formatSeconds(afterSignalMs)} after the stop signal`;
    const fix =
      afterSignalMs === undefined || reason === 'OOMKilled' ? fixExit(exit) : 'Exit with code 0 after the stop signal.';
    return {
      tone: 'bad',
      text: `${container} terminated with exit code ${exitCode}${details}${after}`,
      fix: isAfterFault(timeline, at) ? undefined : fix,
      at,
    };
  });
}

/** True if an exit is a failure that no other headline reports: those of restarts report back-off, those of kills SIGKILL. */
function isFailure(exit: EventOf<'ContainerExited'>, timeline: Timeline): boolean {
  const { at, container, exitCode } = exit;
  if (exitCode === 0 || isStoppedBySignal(exit)) return false;
  const isBackedOff = historyOf(timeline)
    .about(container)
    .some((event) => event.kind === 'BackOff' && event.at >= at);
  const isKilled = historyOf(timeline).signals.some((sent) => sent.container === container && isKill(sent, exit));
  return !isBackedOff && !isKilled;
}

function isKill(sent: EventOf<'SignalSent'>, exit: EventOf<'ContainerExited'>): boolean {
  return sent.signal === 'SIGKILL' && sent.at <= exit.at && exit.at - sent.at <= (exit.afterSignalMs ?? -1);
}

function isLast(exit: EventOf<'ContainerExited'>, timeline: Timeline): boolean {
  return !historyOf(timeline).containerStarts.some(
    ({ container, at }) => container === exit.container && at >= exit.at,
  );
}
