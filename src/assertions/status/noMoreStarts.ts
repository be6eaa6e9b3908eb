import { containerNamed, containersOf, type Pod } from '../../manifest/model';
import { isTerminal, phaseOf } from '../../timeline/condition';
import { type Event, type EventOf, isA } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import type { Reason } from '../facts/reason';

/** What ended something for good. */
export interface NoMoreStarts {
  readonly reason: Reason;
  readonly event: Event | undefined;
}

/**
 * Why nothing is started any more: in the whole pod, or that container of it; undefined while something may be. A pod
 * that is being deleted, or removed at once, still ends the pass that its worker is in, restarts and all.
 */
export function noMoreStarts(timeline: Timeline, pod: Pod, container?: string): NoMoreStarts | undefined {
  const phase = phaseOf(timeline.status);
  if (!isTerminal(phase)) return container === undefined ? undefined : hasEndedForGood(timeline, pod, container);
  const removed = historyOf(timeline).removed;
  if (removed) return { reason: { kind: 'removed' }, event: removed };
  return { reason: { kind: 'terminalPhase', phase, ends: 'restarts' }, event: historyOf(timeline).exits.at(-1) };
}

/** Why that container is not started any more though others of the pod may run; undefined while it runs, or may. */
export function hasEndedForGood(timeline: Timeline, { spec }: Pod, name: string): NoMoreStarts | undefined {
  const last = historyOf(timeline)
    .about(name)
    .findLast((event) => isA('ContainerExited', event) || isA('ContainerStarted', event));
  const container = containerNamed(spec, name);
  if (!last || !isA('ContainerExited', last) || !container) return undefined;
  // A rule may start all the containers of a pod anew for what another one does.
  if (containersOf(spec).some(({ restartPolicyRules = [] }) => restartPolicyRules.length > 0)) return undefined;
  const policy = container.restartPolicy ?? spec.restartPolicy;
  const isInit = spec.initContainers.some((each) => each.name === name);
  if (mayRestart(policy, isInit, last)) return undefined;
  return { reason: { kind: 'notRestarted', exit: last, policy }, event: last };
}

/**
 * What the kubelet stops because of a probe it starts again, whatever the exit code, unless the policy is Never.
 *
 * Source: container/helpers.go `ShouldContainerBeRestarted`; kuberuntime_manager.go `computePodActions`.
 */
function mayRestart(policy: string, isInit: boolean, { exitCode, afterSignalMs }: EventOf<'ContainerExited'>): boolean {
  if (policy === 'Never') return false;
  const isDone = exitCode === 0 && afterSignalMs === undefined;
  return !(isDone && (policy === 'OnFailure' || (isInit && policy !== 'Always')));
}
