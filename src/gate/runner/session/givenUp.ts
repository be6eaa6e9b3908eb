import { type AssertionResult, makeFailed } from '../../../assertions/assertionResult';
import { explainNotReady } from '../../../assertions/status/notReadyReason';
import { containersOf, type Pod } from '../../../manifest/model';
import { adviceOn } from '../../../report/incident/note';
import { isReady } from '../../../timeline/condition';
import { type EventOf, isA } from '../../../timeline/event';
import type { CauseId } from '../../../timeline/failureCause';
import { historyOf } from '../../../timeline/history/podHistory';
import { REMEDIES } from '../../../timeline/remedy';
import type { Timeline } from '../../../timeline/timeline';

/** A server may return 404 until it has loaded its app, so the same response counts only after this long. */
const BELIEVED_AFTER_MS = 120_000;

type FinishedAttempt = EventOf<'ProbeFinished'>;

/**
 * Ends the wait for a pod that cannot become Ready: its readiness probe has had the same response for two minutes, and more
 * time does not change the cause. An app that refuses connections or is overloaded may still start.
 */
export function orGivenUp(result: AssertionResult, timeline: Timeline, pod: Pod): AssertionResult {
  if (result.outcome !== 'pending' || !timeline.status || isReady(timeline.status)) return result;
  const last = containersOf(pod.spec)
    .filter(({ startupProbe, livenessProbe }) => !startupProbe && !livenessProbe)
    .map(({ name }) => hopelessAttempt(timeline, pod, name))
    .find((attempt) => attempt !== undefined);
  if (!last) return result;
  return makeFailed(last, 'notReady', {
    kind: 'hopeless',
    reason: explainNotReady(timeline),
    forMs: BELIEVED_AFTER_MS,
  });
}

/** Returns the last attempt of a readiness probe that permanently prevents Ready. */
function hopelessAttempt(timeline: Timeline, pod: Pod, container: string): FinishedAttempt | undefined {
  const attempts = sameAtEnd(timeline, container);
  const last = attempts.at(-1);
  const old = attempts.findLast(({ at }) => at <= timeline.now - BELIEVED_AFTER_MS);
  if (!last || !old) return undefined;
  const seen = historyOf(timeline).listenersSeen.some((event) => event.container === container && event.at > old.at);
  const cause = causeAt(timeline, pod, last);
  // A container that opens another port still starts.
  if (seen || cause === undefined || causeAt(timeline, pod, old) !== cause) return undefined;
  return REMEDIES[cause] === 'nothing' ? last : undefined;
}

/** Returns the last attempts of the container's instance that failed in the same way, one after another. */
function sameAtEnd(timeline: Timeline, container: string): readonly FinishedAttempt[] {
  const events = historyOf(timeline).about(container);
  const own = events
    .slice(events.findLastIndex((event) => isA('ContainerStarted', event)) + 1)
    .filter((event) => isA('ProbeFinished', event))
    .filter(({ probe }) => probe === 'readiness');
  const last = own.at(-1);
  if (!last || last.result === 'Success') return [];
  const before = own.findLastIndex(({ result, output }) => result !== last.result || output !== last.output);
  return own.slice(before + 1);
}

function causeAt(timeline: Timeline, pod: Pod, attempt: FinishedAttempt): CauseId | undefined {
  return adviceOn({ result: makeFailed(attempt, 'notReady'), timeline, pod }).cause;
}
