import { constants } from 'node:os';
import type { HandlerFailure } from '../../../timeline/causes';
import type { Event, EventOf } from '../../../timeline/event';
import { type DropPattern, dropPatternFrom } from '../../../timeline/history/dropPatterns';
import { historyOf } from '../../../timeline/history/podHistory';
import { signalTrouble } from '../../../timeline/history/signalTrouble';
import type { Timeline } from '../../../timeline/timeline';
import type { DropCause } from '../../../wording/gate/results/dropCauses';

const SIGKILLED = 137;
/** Failures that come from a port and not from the program behind it. */
const UNANSWERED: readonly string[] = ['refused', 'reset', 'timedOut', 'noRoute'];

/**
 * Returns why a deleted container dropped requests, starting with the first dropped one. The list is empty if the timeline
 * does not show a cause.
 */
export function dropCauses(timeline: Timeline, container: string, request?: Event): readonly DropCause[] {
  const pattern = dropPatternFrom(timeline, request);
  // The exit is not the cause if each request got a response.
  const isOnlyFailing = pattern !== undefined && pattern.unanswered.length === 0;
  const clauses = [
    pattern && failing(container, pattern),
    ...(isOnlyFailing ? [] : stopping(timeline, container)),
    stayedReady(timeline, container),
  ];
  return clauses.filter((clause) => clause !== undefined);
}

/** Returns the errors that clients got while the container responded. */
function failing(container: string, { failed: [first, ...more] }: DropPattern): DropCause | undefined {
  if (!first?.signal) return undefined;
  const statuses = new Set([first, ...more].map(({ request: { status } }) => String(status)));
  const { name, endedAfterMs } = first.signal;
  return { kind: 'errors', container, statuses: [...statuses], afterMs: endedAfterMs, signal: name };
}

function stopping(timeline: Timeline, container: string): readonly (DropCause | undefined)[] {
  const exit = historyOf(timeline).exits.findLast((event) => event.container === container);
  // The processes before the signal, because a handler that has run may be gone.
  const seen = historyOf(timeline).processesSeen.findLast((event) => event.container === container && !event.signalled);
  const trouble = seen && signalTrouble(seen);
  return [toExitCause(exit, seen), trouble && { kind: 'signal', trouble }];
}

function toExitCause(
  exit: EventOf<'ContainerExited'> | undefined,
  seen: EventOf<'ProcessesSeen'> | undefined,
): DropCause | undefined {
  if (exit?.afterSignalMs === undefined || exit.exitCode === SIGKILLED) return undefined;
  const { container, afterSignalMs, exitCode } = exit;
  return { kind: 'exited', container, afterMs: afterSignalMs, exitCode, isUnhandled: isUnhandled(exitCode, seen) };
}

/** True if the main process has no handler. A JVM also exits with 128 + the signal after its handlers have run. */
function isUnhandled(exitCode: number, seen: EventOf<'ProcessesSeen'> | undefined): boolean {
  const [main] = seen?.processes ?? [];
  if (!seen || !main) return false;
  const signal = constants.signals[seen.stopSignal as NodeJS.Signals];
  return exitCode === 128 + signal && !main.catches.includes(seen.stopSignal);
}

/**
 * Returns the cause if the readiness probe never failed after the deletion. A refused connection does not count, because
 * the app did not report that it shuts down.
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
