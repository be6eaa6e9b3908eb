import { type EventOf, isA } from '../timeline/event';
import { signalTrouble, troubleText } from '../timeline/signalTrouble';
import type { Timeline } from '../timeline/timeline';
import { roughly } from './roughly';

/** What ends so soon after its stop signal has done nothing on it. */
const AT_ONCE_MS = 500;

/** What a deleted container did so that requests to it were dropped, each thing a clause; none where that is not seen. */
export function whyDropped(timeline: Timeline, container: string): readonly string[] {
  const exit = timeline.of('ContainerExited').findLast((event) => event.container === container);
  const seen = timeline.of('ProcessesSeen').findLast((event) => event.container === container);
  const trouble = seen && signalTrouble(seen);
  return [ended(exit), trouble && troubleText(trouble), stayedReady(timeline, container)].filter(
    (clause) => clause !== undefined,
  );
}

function ended(exit: EventOf<'ContainerExited'> | undefined): string | undefined {
  if (exit?.afterSignalMs === undefined || exit.afterSignalMs > AT_ONCE_MS) return undefined;
  const { container, afterSignalMs, exitCode } = exit;
  const does = `${container} ends ${roughly(afterSignalMs)} after its stop signal`;
  if (exitCode === 0) return `${does}, while clients still come`;
  return `${does} with exit code ${exitCode}, so nothing in it handles that: serve on until clients have left, then exit with 0`;
}

/** A readiness probe that fails from the stop signal on tells whoever asks it that the pod is about to go. */
function stayedReady(timeline: Timeline, container: string): string | undefined {
  const deleted = timeline.events.findLastIndex(({ kind }) => kind === 'DeletionMarked');
  const exited = timeline.events.findLastIndex(
    (event) => isA('ContainerExited', event) && event.container === container,
  );
  const before = timeline.events.slice(0, exited < 0 ? undefined : exited);
  const answers = before
    .filter((event) => isA('ProbeFinished', event))
    .filter((event) => {
      return event.container === container && event.probe === 'readiness';
    });
  if (deleted < 0 || answers.length === 0 || answers.at(-1)?.result !== 'Success') return undefined;
  return `its readiness probe says ready until it is gone: have it fail from the stop signal on`;
}
