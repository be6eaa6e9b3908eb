import { isReady } from '../../timeline/condition';
import type { EventOf } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePassed, makePending } from '../assertionResult';
import { cannotBecomeReady } from '../status/cannotBecomeReady';
import { explainNotReady } from '../status/notReadyReason';

/** Outage of a dependency of the pod. */
export interface Outage {
  readonly service: string;
  /** Start of the outage. */
  readonly since: Since;
  /** True if the dependency is available again. */
  readonly isOver: boolean;
}

/**
 * Fails at the first restart since the start of the outage, or when the pod terminates. Passes when the outage is over, the
 * pod is Ready and no container is stopping, even if the pod was unready during the outage.
 */
export function survivedOutage(timeline: Timeline, { service, since, isOver }: Outage): AssertionResult {
  const restart = historyOf(timeline).restarts.find(({ started }) => historyOf(timeline).isFrom(since, started));
  if (restart) {
    const { container, because } = restart;
    const fix = { kind: 'outlastOutage', container, service, because } as const;
    return { ...makeFailed(restart.started, { kind: 'restart', restart }), fix };
  }
  const obstacle = cannotBecomeReady(timeline);
  if (obstacle) return makeFailed(obstacle.event, 'notReady', obstacle.reason);
  if (isReady(timeline.status)) {
    if (!isOver || isBeingRestarted(timeline, since)) return makePending('readyWithoutRestart');
    return makePassed(lastStatus(timeline), 'readyWithoutRestart');
  }
  return makePending(isOver ? 'notReadyAgain' : 'unready', explainNotReady(timeline));
}

function isBeingRestarted(timeline: Timeline, since: Since): boolean {
  const history = historyOf(timeline);
  return [...history.killings, ...history.exits].some((event) => history.isFrom(since, event));
}

function lastStatus(timeline: Timeline): EventOf<'StatusPublished'> | undefined {
  return historyOf(timeline).published.at(-1);
}
