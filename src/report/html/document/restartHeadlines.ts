import pluralize from 'pluralize';
import { printable } from '../../../escaping/terminal';
import { historyOf } from '../../../timeline/history/podHistory';
import type { Restart } from '../../../timeline/history/restarts';
import type { Timeline } from '../../../timeline/timeline';
import { formatDuration } from '../../../wording/durations';
import { formatList } from '../../../wording/list';
import { formatProbeOutput } from '../../../wording/probeOutput';
import { RESTART_REASONS } from '../../../wording/restarts';
import { fixExit } from './exitHeadlines';
import { type Headline, isAfterFault } from './headline';

/** Returns a headline for each container and restart cause. */
export function restartHeadlines(timeline: Timeline): readonly Headline[] {
  const groups = new Map<string, Restart[]>();
  for (const restart of historyOf(timeline).restarts) {
    const key = `${restart.container} ${restart.because}`;
    groups.set(key, [...(groups.get(key) ?? []), restart]);
  }
  return [...groups.values()].flatMap((group): readonly Headline[] => {
    const [first] = group;
    if (!first) return [];
    const { container, started } = first;
    const times = group.length === 1 ? 'once' : pluralize('time', group.length, true);
    const text = `${container} restarted ${times}: ${formatCause(first, group, timeline)}${formatBackOff(group)}`;
    const fix = isAfterFault(timeline, started.at) ? undefined : fixRestart(first);
    return [{ tone: 'bad', text, fix, at: started.at }];
  });
}

function formatCause(
  { because, container, exited, started }: Restart,
  group: readonly Restart[],
  timeline: Timeline,
): string {
  const reason = RESTART_REASONS[because];
  if (because === 'liveness' || because === 'startup') {
    const last = historyOf(timeline).attempts.findLast((run) => {
      return run.container === container && run.probe === because && run.result === 'Failure' && run.at <= started.at;
    });
    const details = last
      ? ` ${pluralize('time', last.run, true)} in a row (${printable(formatProbeOutput(last))})`
      : '';
    return `${reason}${details}${exited ? `, and it exited with code ${exited.exitCode} after the stop signal` : ''}`;
  }
  if (because !== 'exit' || !exited) return reason;
  const isOOMKilled = group.every((restart) => restart.exited?.reason === 'OOMKilled');
  return isOOMKilled ? `it was OOMKilled, exit code ${exited.exitCode}` : `${reason} with ${formatCodes(group)}`;
}

function formatCodes(group: readonly Restart[]): string {
  const codes = [...new Set(group.flatMap(({ exited }) => exited?.exitCode ?? []))];
  return `${pluralize('code', codes.length)} ${formatList(codes.map(String))}`;
}

function formatBackOff(group: readonly Restart[]): string {
  const waits = group.filter(({ backedOff }) => backedOff);
  if (waits.length === 0) return '';
  const longest = Math.max(...waits.map(({ started, exited }) => (exited ? started.at - exited.at : 0)));
  const times = waits.length === 1 ? 'once' : pluralize('time', waits.length, true);
  return `. It waited in back-off ${times}, for up to ${formatDuration(Math.round(longest / 1000) * 1000)}`;
}

function fixRestart({ because, exited }: Restart): string | undefined {
  switch (because) {
    case 'liveness':
      return 'Make the check succeed while the app works, or raise failureThreshold or timeoutSeconds of the livenessProbe.';
    case 'startup':
      return 'Start faster, or raise failureThreshold of the startupProbe.';
    case 'postStart':
      return 'Make the postStart hook succeed. The events show its error.';
    case 'exit':
      return exited && fixExit(exited);
    case 'definition':
    case 'sandbox':
    case 'restartRule':
      return undefined;
  }
}
