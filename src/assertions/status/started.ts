import type { Pod } from '../../manifest/model';
import type { ContainerStatus, PodStatus } from '../../timeline/podStatus';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePassed, makePending } from '../assertionResult';
import type { Reason } from '../facts/reason';
import { cannotBecomeReady, findShownExit } from './cannotBecomeReady';
import { explainContainer, explainNotReady } from './notReadyReason';
import { startTrouble } from './startFailure';
import { heldFrom } from './statusSince';

/**
 * Passes when the container, or every long-running one, is started at `since` or later: it is running, its postStart hook has
 * finished and its startup probe has succeeded. Fails when that can never happen.
 */
export function becameStarted(timeline: Timeline, since: Since, pod: Pod, container?: string): AssertionResult {
  const held = heldFrom(timeline, since, (status) => {
    const asked = askedOf(status, container);
    return asked.length > 0 && asked.every(({ started }) => started);
  });
  if (held) return makePassed(held, { kind: 'started', container, isStarted: true });
  const received = { kind: 'started', container, isStarted: false } as const;
  const fix = startTrouble(timeline)?.fix;
  const obstacle =
    container === undefined
      ? cannotBecomeReady(timeline, pod)
      : (cannotBecomeReady(timeline) ?? findShownExit(timeline, pod, container));
  if (obstacle) return { ...makeFailed(obstacle.event, received, obstacle.reason), fix };
  return { ...makePending(received, explainNotStarted(timeline, container)), fix };
}

function askedOf({ initContainerStatuses, containerStatuses }: PodStatus, container: string | undefined) {
  if (container === undefined) return containerStatuses;
  return [...initContainerStatuses, ...containerStatuses].filter(({ name }) => name === container);
}

function explainNotStarted(timeline: Timeline, container: string | undefined): Reason {
  const { status } = timeline;
  const lacking = status ? askedOf(status, container).filter(({ started }) => !started) : [];
  if (lacking.length === 0 || lacking.every(isUntouched)) return explainNotReady(timeline);
  return { kind: 'containers', containers: lacking.map((each) => explainContainer(timeline, each)) };
}

/** True if the container has not been created yet, so nothing is known of it. */
function isUntouched({ state: { waiting } }: ContainerStatus): boolean {
  return waiting?.reason === 'PodInitializing';
}
