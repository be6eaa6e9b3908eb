import { constants } from 'node:os';
import type { HandlerFailure } from '../../../timeline/causes';
import type { Event, EventOf } from '../../../timeline/event';
import { type DropPattern, dropPatternFrom } from '../../../timeline/history/dropPatterns';
import { historyOf } from '../../../timeline/history/podHistory';
import { signalTrouble } from '../../../timeline/history/signalTrouble';
import type { Timeline } from '../../../timeline/timeline';
import { roughly } from '../../../wording/roughly';
import { formatSignalTrouble } from '../../../wording/signalTrouble';

const LISTS = new Intl.ListFormat('en');
const SIGKILLED = 137;
/** What a probe is told by a port, rather than by the program behind it. */
const UNANSWERED: readonly string[] = ['refused', 'reset', 'timedOut', 'noRoute'];

/**
 * What a deleted container did so that requests to it were dropped, from the first dropped one on, each thing a clause; none
 * where that is not seen.
 */
export function dropCauses(timeline: Timeline, container: string, request?: Event): readonly string[] {
  const pattern = dropPatternFrom(timeline, request);
  // Why it ended is no reason if each request got a response.
  const isOnlyFailing = pattern !== undefined && pattern.unanswered.length === 0;
  const clauses = [
    pattern && failing(container, pattern),
    ...(isOnlyFailing ? [] : stopping(timeline, container)),
    stayedReady(timeline, container),
  ];
  return clauses.filter((clause) => clause !== undefined);
}

/** What clients got as long as the container responded. */
function failing(container: string, { failed: [first, ...more] }: DropPattern): string | undefined {
  if (!first?.signal) return undefined;
  const statuses = new Set([first, ...more].map(({ request: { status } }) => String(status)));
  const { name, endedAfterMs } = first.signal;
  return `${container} answers clients with ${LISTS.format(statuses)} from ${roughly(endedAfterMs)} after ${name} on`;
}

function stopping(timeline: Timeline, container: string): readonly (string | undefined)[] {
  const exit = historyOf(timeline).exits.findLast((event) => event.container === container);
  // As they were before the signal: a handler that has run may be gone.
  const seen = historyOf(timeline).processesSeen.findLast((event) => event.container === container && !event.signalled);
  const trouble = seen && signalTrouble(seen);
  return [ended(exit, seen), trouble && formatSignalTrouble(trouble)];
}

function ended(
  exit: EventOf<'ContainerExited'> | undefined,
  seen: EventOf<'ProcessesSeen'> | undefined,
): string | undefined {
  if (exit?.afterSignalMs === undefined || exit.exitCode === SIGKILLED) return undefined;
  const { container, afterSignalMs, exitCode } = exit;
  const does = `${container} ends ${roughly(afterSignalMs)} after its stop signal`;
  if (exitCode === 0) return `${does}, while clients still come`;
  const how = isUnhandled(exitCode, seen) ? ', as a program without a handler for it does' : '';
  return `${does} with exit code ${exitCode}${how}, while clients still come: serve on until they have left`;
}

/** A runtime such as a JVM exits with 128 + the signal after its handlers have run, too. */
function isUnhandled(exitCode: number, seen: EventOf<'ProcessesSeen'> | undefined): boolean {
  const [main] = seen?.processes ?? [];
  if (!seen || !main) return false;
  const signal = constants.signals[seen.stopSignal as NodeJS.Signals];
  return exitCode === 128 + signal && !main.catches.includes(seen.stopSignal);
}

/**
 * A readiness probe that fails from the stop signal on tells whoever asks it that the pod is about to go. That nothing
 * listens any more is no such answer.
 */
function stayedReady(timeline: Timeline, container: string): string | undefined {
  const history = historyOf(timeline);
  const deleted = history.placeOf(history.deletions.at(-1));
  const asked = history.attempts.filter((event) => isReadinessOf(event, container));
  const said = history
    .from(deleted, asked)
    .some(({ result, failure }) => result === 'Failure' && !isUnanswered(failure));
  if (deleted < 0 || asked.length === 0 || said) return undefined;
  return 'its readiness probe never says that it is going: have it fail from the stop signal on';
}

/** True if the probe, or the command of the probe, got no response. */
function isUnanswered(failure: HandlerFailure | undefined): boolean {
  const kind = failure?.kind === 'exit' ? failure.says : failure?.kind;
  return kind !== undefined && UNANSWERED.includes(kind);
}

function isReadinessOf(event: EventOf<'ProbeFinished'>, container: string): boolean {
  return event.container === container && event.probe === 'readiness';
}
