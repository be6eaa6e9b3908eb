import { printable } from '../../../escaping/terminal';
import { isReady, isTerminal } from '../../../timeline/condition';
import type { EventOf } from '../../../timeline/event';
import { historyOf } from '../../../timeline/history/podHistory';
import type { Restart } from '../../../timeline/history/restarts';
import type { Timeline } from '../../../timeline/timeline';
import { formatDuration, formatSeconds } from '../../../wording/durations';
import { formatProbeOutput } from '../../../wording/probeOutput';
import { endedBySignal } from '../../chart/stopped';

/** A thing to know of a pod's life before all the rest. */
export interface Headline {
  readonly tone: 'good' | 'bad' | 'plain';
  readonly text: string;
  /** When it was seen; absent for what never was. */
  readonly at?: number;
}

/** The few things that somebody wants to know first, in the order in which they happened. */
export function summarizePod(timeline: Timeline, broken: string | undefined): readonly Headline[] {
  const told = [
    ...faults(timeline),
    readiness(timeline),
    ...restarts(timeline),
    ...kills(timeline),
    ...ends(timeline),
    ...drops(timeline),
  ];
  const inOrder = told.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
  return broken === undefined ? inOrder : [{ tone: 'bad', text: `the run broke: ${printable(broken)}` }, ...inOrder];
}

function readiness(timeline: Timeline): Headline {
  const first = historyOf(timeline).published.find(({ status }) => isReady(status));
  if (!first) return { tone: 'bad', text: 'the pod never became Ready' };
  return { tone: 'good', text: `the pod became Ready after ${formatSeconds(first.at)}`, at: first.at };
}

const FAULTS: readonly EventOf<'TestActed'>['action'][] = ['kill', 'freeze', 'limit', 'disconnect'];
const FAULTS_MAX = 5;

/** What the test did to the pod that explains what follows. */
function faults(timeline: Timeline): readonly Headline[] {
  const acts = historyOf(timeline).acts.filter(({ action }) => FAULTS.includes(action));
  return acts.slice(0, FAULTS_MAX).map(({ at, action, container, service, detail }) => {
    const what = [action, container ?? service, detail && `(${printable(detail)})`].filter(Boolean).join(' ');
    return { tone: 'plain', text: `the test: ${what}`, at };
  });
}

/** Restarts of one container for one reason are told together. */
function restarts(timeline: Timeline): readonly Headline[] {
  const groups = new Map<string, Restart[]>();
  for (const restart of historyOf(timeline).restarts) {
    const key = `${restart.container} ${restart.because}`;
    groups.set(key, [...(groups.get(key) ?? []), restart]);
  }
  return [...groups.values()].flatMap((group): readonly Headline[] => {
    const [first] = group;
    if (!first) return [];
    const { container, started } = first;
    const times = group.length === 1 ? 'once' : `${group.length} times`;
    const text = `${container} was restarted ${times}: ${whyOf(first, timeline)}${heldUp(group)}`;
    return [{ tone: 'bad', text, at: started.at }];
  });
}

function whyOf({ because, container, exited, started }: Restart, timeline: Timeline): string {
  const code = exited ? ` with exit code ${exited.exitCode}` : '';
  if (because === 'liveness' || because === 'startup') {
    const failures = historyOf(timeline).attempts.filter((run) => {
      return run.container === container && run.probe === because && run.result === 'Failure' && run.at <= started.at;
    });
    const last = failures.at(-1);
    const said = last ? ` ${last.run} times in a row (${printable(formatProbeOutput(last))})` : '';
    return `its ${because} probe failed${said}; told to stop, it ended${code}`;
  }
  if (because === 'exit') return `it exited${code}`;
  return because === 'postStart' ? 'its postStart hook failed' : `by the kubelet (${because})`;
}

function heldUp(group: readonly Restart[]): string {
  const waits = group.filter(({ backedOff }) => backedOff);
  if (waits.length === 0) return '';
  const longest = Math.max(...waits.map(({ started, exited }) => (exited ? started.at - exited.at : 0)));
  return `; back-off held it up ${waits.length === 1 ? 'once' : `${waits.length} times`}, for up to ${formatDuration(Math.round(longest / 1000) * 1000)}`;
}

function drops(timeline: Timeline): readonly Headline[] {
  const requests = historyOf(timeline).requests;
  if (requests.length === 0) return [];
  const dropped = requests.filter(({ failure }) => failure !== undefined);
  const [first] = dropped;
  if (!first) return [{ tone: 'good', text: `none of ${requests.length} requests was dropped`, at: timeline.now }];
  const why = printable(first.failure ?? '');
  return [{ tone: 'bad', text: `${dropped.length} of ${requests.length} requests were dropped: ${why}`, at: first.at }];
}

function kills(timeline: Timeline): readonly Headline[] {
  return historyOf(timeline).signals.flatMap((kill): readonly Headline[] => {
    if (kill.signal !== 'SIGKILL') return [];
    const before = historyOf(timeline).signals.findLast((one) => one.container === kill.container && one.at < kill.at);
    const after = before
      ? ` ${formatSeconds(kill.at - before.at)} after ${before.signal}, which it had not heeded`
      : '';
    return [{ tone: 'bad', text: `${kill.container} was killed with SIGKILL${after}`, at: kill.at }];
  });
}

function ends(timeline: Timeline): readonly Headline[] {
  const over = historyOf(timeline).published.find(({ status }) => isTerminal(status.phase));
  const [deleted] = historyOf(timeline).deletions;
  const { removed } = historyOf(timeline);
  const points: Headline[] = [];
  if (over && !(deleted && deleted.at < over.at)) {
    const { phase, reason, message } = over.status;
    const why = printable([reason, message].filter(Boolean).join(': '));
    const text = `the pod ended: ${phase}${why ? ` (${why})` : ''}`;
    points.push({ tone: phase === 'Failed' ? 'bad' : 'good', text, at: over.at });
  }
  if (deleted) {
    const gone = removed ? `, and gone ${formatSeconds(removed.at - deleted.at)} later` : '';
    points.push({ tone: 'plain', text: `the pod was deleted${gone}`, at: deleted.at });
  }
  const last = historyOf(timeline).exits.filter((exit) => isLast(exit, timeline));
  for (const exit of last) {
    const { at, container, exitCode, reason, afterSignalMs } = exit;
    // What is held up by back-off is told with its restarts.
    const isHeldUp = historyOf(timeline)
      .about(container)
      .some((event) => event.kind === 'BackOff' && event.at >= at);
    // So is what was killed.
    const isKilled = historyOf(timeline).signals.some((sent) => sent.container === container && isKill(sent, exit));
    if (exitCode === 0 || isHeldUp || isKilled || endedBySignal(exit)) continue;
    const why = reason && reason !== 'Error' ? ` (${reason})` : '';
    const after = afterSignalMs === undefined ? '' : `, ${formatSeconds(afterSignalMs)} after it was told to stop`;
    points.push({ tone: 'bad', text: `${container} ended with exit code ${exitCode}${why}${after}`, at });
  }
  return points;
}

function isKill(sent: EventOf<'SignalSent'>, exit: EventOf<'ContainerExited'>): boolean {
  return sent.signal === 'SIGKILL' && sent.at <= exit.at && exit.at - sent.at <= (exit.afterSignalMs ?? -1);
}

function isLast(exit: { readonly at: number; readonly container: string }, timeline: Timeline): boolean {
  return !historyOf(timeline).containerStarts.some(
    ({ container, at }) => container === exit.container && at >= exit.at,
  );
}
