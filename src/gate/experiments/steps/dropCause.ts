import { constants } from 'node:os';
import type { HandlerFailure } from '../../../timeline/causes';
import type { Event, EventOf } from '../../../timeline/event';
import { type DropPattern, dropPatternFrom } from '../../../timeline/history/dropPatterns';
import { historyOf } from '../../../timeline/history/podHistory';
import { signalTrouble } from '../../../timeline/history/signalTrouble';
import type { Timeline } from '../../../timeline/timeline';
import type { DropCause } from '../../../wording/gate/results/dropCauses';

const SIGKILLED = 137;
/** What a probe is told by a port, rather than by the program behind it. */
const UNANSWERED: readonly string[] = ['refused', 'reset', 'timedOut', 'noRoute'];

/**
 * What a deleted container did so that requests to it were dropped, from the first dropped one on, each thing a clause; none
 * where that is not seen.
 */
export function dropCauses(timeline: Timeline, container: string, request?: Event): readonly DropCause[] {
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
function failing(container: string, { failed: [first, ...more] }: DropPattern): DropCause | undefined {
  if (!first?.signal) return undefined;
  const statuses = new Set([first, ...more].map(({ request: { status } }) => String(status)));
  const { name, endedAfterMs } = first.signal;
  return { kind: 'errors', container, statuses: [...statuses], afterMs: endedAfterMs, signal: name };
}

function stopping(timeline: Timeline, container: string): readonly (DropCause | undefined)[] {
  const exit = historyOf(timeline).exits.findLast((event) => event.container === container);
  // As they were before the signal: a handler that has run may be gone.
  const seen = historyOf(timeline).processesSeen.findLast((event) => event.container === container && !event.signalled);
  const trouble = seen && signalTrouble(seen);
  return [ended(exit, seen), trouble && { kind: 'signal', trouble }];
}

function ended(
  exit: EventOf<'ContainerExited'> | undefined,
  seen: EventOf<'ProcessesSeen'> | undefined,
): DropCause | undefined {
  if (exit?.afterSignalMs === undefined || exit.exitCode === SIGKILLED) return undefined;
  const { container, afterSignalMs, exitCode } = exit;
  return { kind: 'exited', container, afterMs: afterSignalMs, exitCode, isUnhandled: isUnhandled(exitCode, seen) };
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
function stayedReady(timeline: Timeline, container: string): DropCause | undefined {
  const history = historyOf(timeline);
  const deleted = history.placeOf(history.deletions.at(-1));
  const asked = history.attempts.filter((event) => isReadinessOf(event, container));
  const said = history
    .from(deleted, asked)
    .some(({ result, failure }) => result === 'Failure' && !isUnanswered(failure));
  if (deleted < 0 || asked.length === 0 || said) return undefined;
  return { kind: 'stayedReady' };
}

/** True if the probe, or the command of the probe, got no response. */
function isUnanswered(failure: HandlerFailure | undefined): boolean {
  const kind = failure?.kind === 'exit' ? failure.says : failure?.kind;
  return kind !== undefined && UNANSWERED.includes(kind);
}

function isReadinessOf(event: EventOf<'ProbeFinished'>, container: string): boolean {
  return event.container === container && event.probe === 'readiness';
}
