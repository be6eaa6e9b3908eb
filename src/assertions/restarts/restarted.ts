import pluralize from 'pluralize';
import type { Pod } from '../../manifest/model';
import { historyOf } from '../../timeline/history/podHistory';
import type { Restart, RestartCause } from '../../timeline/history/restarts';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, failed, passed, pending } from '../assertionResult';
import { noMoreStarts } from '../status/noMoreStarts';

/** Which restarts are asked for. */
export interface RestartFilter {
  /** Of this container; of any when absent. */
  readonly container?: string | undefined;
  /** Only those that came about this way. */
  readonly because?: RestartCause | undefined;
  /** This many of them; one when absent. */
  readonly times?: number | undefined;
}

/** Passes at the restart that makes the number asked for after `since`; fails once nothing is restarted any more. */
export function restarted(timeline: Timeline, since: Since, which: RestartFilter, pod: Pod): AssertionResult {
  const history = historyOf(timeline);
  const restarts = history.restarts.filter(({ started }) => history.isFrom(since, started));
  const matching = restarts.filter((restart) => matches(restart, which));
  const last = matching[(which.times ?? 1) - 1];
  if (last) return passed(last.started, `restart ${last.attempt} of ${last.container}`);
  const received = describeAll(matching, restarts);
  const over = noMoreStarts(timeline, pod, which.container);
  return over ? failed(over.event, received, over.why) : pending(received);
}

function matches(restart: Restart, { container, because }: RestartFilter): boolean {
  return (container ?? restart.container) === restart.container && (because ?? restart.because) === restart.because;
}

function describeAll(matching: readonly Restart[], all: readonly Restart[]): string {
  if (matching.length > 0) return `only ${pluralize('such restart', matching.length, true)}`;
  if (all.length === 0) return 'no restart';
  return `no such restart, but ${all.slice(-3).map(withCause).join(', ')}`;
}

const CAUSES: Readonly<Record<RestartCause, string>> = {
  liveness: 'its liveness probe failed',
  startup: 'its startup probe failed',
  exit: 'it exited',
  postStart: 'its postStart hook failed',
  definition: 'its definition changed',
  sandbox: 'the pod sandbox changed',
  restartRule: 'a restart rule asked for it',
};

/** `restart 2 of web (its liveness probe failed)`. */
export function withCause({ attempt, container, because }: Restart): string {
  return `restart ${attempt} of ${container} (${CAUSES[because]})`;
}
