import { containerNamed, containersOf, type Pod } from '../../manifest/model';
import { isTerminal, phaseOf } from '../../timeline/condition';
import { type Event, type EventOf, isA } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import type { Reason } from '../facts/reason';

/** Reason why nothing starts any more, and the event that ended it. */
export interface NoMoreStarts {
  readonly reason: Reason;
  readonly event: Event | undefined;
}

/**
 * Returns why nothing starts any more in the pod, or in that container, or undefined while something may. A pod that is being
 * deleted may still restart a container, because its worker completes the current sync.
 */
export function noMoreStarts(timeline: Timeline, pod: Pod, container?: string): NoMoreStarts | undefined {
  const phase = phaseOf(timeline.status);
  if (!isTerminal(phase)) return container === undefined ? undefined : findFinalExit(timeline, pod, container);
  const removed = historyOf(timeline).removed;
  if (removed) return { reason: { kind: 'removed' }, event: removed };
  return { reason: { kind: 'terminalPhase', phase, ends: 'restarts' }, event: historyOf(timeline).exits.at(-1) };
}

/** Returns why that container does not restart while others may be running, or undefined if it is running or may restart. */
export function findFinalExit(timeline: Timeline, { spec }: Pod, name: string): NoMoreStarts | undefined {
  const last = historyOf(timeline)
    .about(name)
    .findLast((event) => isA('ContainerExited', event) || isA('ContainerStarted', event));
  const container = containerNamed(spec, name);
  if (!last || !isA('ContainerExited', last) || !container) return undefined;
  // A restart rule of one container may restart all containers of the pod.
  if (containersOf(spec).some(({ restartPolicyRules = [] }) => restartPolicyRules.length > 0)) return undefined;
  const policy = container.restartPolicy ?? spec.restartPolicy;
  const isInit = spec.initContainers.some((each) => each.name === name);
  if (mayRestart(policy, isInit, last)) return undefined;
  return { reason: { kind: 'notRestarted', exit: last, policy }, event: last };
}

/**
 * True if the kubelet may restart the container. After a kill by a probe it does so for any exit code, unless the policy is Never.
 *
 * Source: container/helpers.go `ShouldContainerBeRestarted`; kuberuntime_manager.go `computePodActions`.
 */
function mayRestart(policy: string, isInit: boolean, { exitCode, afterSignalMs }: EventOf<'ContainerExited'>): boolean {
  if (policy === 'Never') return false;
  const isDone = exitCode === 0 && afterSignalMs === undefined;
  return !(isDone && (policy === 'OnFailure' || (isInit && policy !== 'Always')));
}
