import type { Pod } from '../../manifest/model';
import type { ContainerStatus, PodStatus } from '../../timeline/podStatus';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, failed, passed, pending } from '../assertionResult';
import { cannotBecomeReady, whyShownEnded } from './cannotBecomeReady';
import { explainContainer, whyNotReady } from './notReadyReason';
import { startTrouble } from './startFailure';
import { heldFrom } from './statusSince';

/**
 * Passes when the container, or every one that is to keep running, is started at `since`, or becomes it afterwards: it
 * runs, its postStart hook is done and its startup probe has succeeded. Fails once that can never be.
 */
export function becameStarted(timeline: Timeline, since: Since, pod: Pod, container?: string): AssertionResult {
  const held = heldFrom(timeline, since, (status) => {
    const asked = askedOf(status, container);
    return asked.length > 0 && asked.every(({ started }) => started);
  });
  const subject = container ?? 'every container';
  if (held) return passed(held, `${subject} started`);
  const received = container === undefined ? 'not every container started' : `${container} not started`;
  const advice = startTrouble(timeline)?.advice;
  const obstacle =
    container === undefined
      ? cannotBecomeReady(timeline, pod)
      : (cannotBecomeReady(timeline) ?? whyShownEnded(timeline, pod, container));
  if (obstacle) return { ...failed(obstacle.event, received, obstacle.why), advice };
  return { ...pending(received, whyNotStarted(timeline, container)), advice };
}

function askedOf({ initContainerStatuses, containerStatuses }: PodStatus, container: string | undefined) {
  if (container === undefined) return containerStatuses;
  return [...initContainerStatuses, ...containerStatuses].filter(({ name }) => name === container);
}

function whyNotStarted(timeline: Timeline, container: string | undefined): string {
  const { status } = timeline;
  const lacking = status ? askedOf(status, container).filter(({ started }) => !started) : [];
  if (lacking.length === 0 || lacking.every(isUntouched)) return whyNotReady(timeline);
  return lacking.map((each) => explainContainer(timeline, each)).join('; ');
}

/** Nothing can be told of one whose turn has not come. */
function isUntouched({ state: { waiting } }: ContainerStatus): boolean {
  return waiting?.reason === 'PodInitializing';
}
