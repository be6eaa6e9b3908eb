import type { Pod } from '../../manifest/model';
import type { EventOf } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePassed, makePending } from '../assertionResult';
import { noMoreStarts } from '../status/noMoreStarts';

/** Filter for exits of containers. A property that you leave out matches anything. */
export interface ExitFilter {
  /** Exit code. */
  readonly exitCode?: number | undefined;
  /** Reason in the status of the container: `Completed`, `Error`, `OOMKilled`, `StartError`. */
  readonly reason?: string | undefined;
  /** Name of the container. */
  readonly container?: string | undefined;
  /** Number of matching exits. Default: 1. */
  readonly times?: number | undefined;
}

/** Passes at the given number of matching exits after `since`. Fails when no container is running that could exit. */
export function exitedWith(timeline: Timeline, since: Since, wanted: ExitFilter, pod: Pod): AssertionResult {
  const history = historyOf(timeline);
  const exits = history.from(since, history.exits);
  const own = exits.filter(({ container }) => (wanted.container ?? container) === container);
  const matching = own.filter((event) => isLike(event, wanted));
  const last = matching[(wanted.times ?? 1) - 1];
  if (last) return makePassed(last, { kind: 'exits', exits: [last] });
  const received = { kind: 'exits', exits: own.slice(-3) } as const;
  const over = runs(timeline, wanted.container) ? undefined : noMoreStarts(timeline, pod, wanted.container);
  return over ? makeFailed(own.at(-1) ?? over.event, received, over.reason) : makePending(received);
}

function isLike(event: EventOf<'ContainerExited'>, { exitCode, reason }: ExitFilter): boolean {
  return (exitCode ?? event.exitCode) === event.exitCode && (reason ?? event.reason) === event.reason;
}

/** True if that container, or any if none is named, is running. */
function runs(timeline: Timeline, wanted: string | undefined): boolean {
  const { running } = historyOf(timeline);
  return wanted === undefined ? running.size > 0 : running.has(wanted);
}
