import { conditionOf } from '../../timeline/condition';
import { type EventOf, isA, type ProbeType } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { ContainerStatus, PodStatus } from '../../timeline/podStatus';
import type { Timeline } from '../../timeline/timeline';
import type { ContainerReason, FailedProbe, Reason } from '../facts/reason';

/** Returns why the pod is not Ready now, for each container, from its status and its last probes. */
export function explainNotReady(timeline: Timeline): Reason {
  return { kind: 'containers', containers: reasonsIn(timeline) };
}

function reasonsIn(timeline: Timeline): readonly ContainerReason[] {
  const { status } = timeline;
  if (!status) return [{ kind: 'unseen' }];
  const waitingFor = blocking(status).map((container) => explainContainer(timeline, container));
  if (waitingFor.length > 0) return waitingFor;
  return [{ kind: 'condition', message: conditionOf(status, 'Ready')?.message }];
}

/** Returns the current init container, or else the containers that are not ready. */
function blocking(status: PodStatus): readonly ContainerStatus[] {
  const initializing = conditionOf(status, 'Initialized')?.status !== 'True';
  const current = initializing && currentInit(status.initContainerStatuses);
  if (current) return [current];
  return [...status.initContainerStatuses, ...status.containerStatuses].filter(({ ready }) => !ready);
}

/** Returns the init container that blocks the pod. Init containers run one after another, so it is the last one that started. */
function currentInit(statuses: readonly ContainerStatus[]): ContainerStatus | undefined {
  const begun = statuses.filter(({ state }) => state.waiting?.reason !== 'PodInitializing');
  const last = begun.at(-1);
  return begun.find(({ ready, started }) => !ready && !started) ?? (last?.ready ? undefined : last);
}

/** Returns why a container is not ready, or not even started, by its state and its last probe. */
export function explainContainer(
  timeline: Timeline,
  { name, state, lastState, started }: ContainerStatus,
): ContainerReason {
  const after = killedBy(timeline, name);
  if (state.terminated) return { kind: 'exited', exit: { ...state.terminated, container: name }, after };
  // The status shows such a container as waiting (ContainerCreating).
  if (openHook(timeline, name)) return { kind: 'postStart', container: name };
  if (state.running) return explainRunning(timeline, name, started ? 'readiness' : 'startup');
  const { reason, message } = state.waiting ?? {};
  return { kind: 'waiting', container: name, reason, message, exit: lastState.terminated, after };
}

function explainRunning(timeline: Timeline, container: string, probe: ProbeType): ContainerReason {
  const attempt = lastAnswer(timeline, container, probe);
  return attempt ? { kind: 'probe', container, attempt } : explainMissingResult(timeline, container, probe);
}

/** Returns the reason for a probe without a result. An init container may be running, or a kill may have come before it. */
function explainMissingResult(timeline: Timeline, container: string, probe: ProbeType): ContainerReason {
  const { initContainerStatuses = [] } = timeline.status ?? {};
  const isInit = initContainerStatuses.some(({ name }) => name === container);
  if (isInit) return { kind: 'init', container };
  return { kind: 'noResult', container, probe, before: killedBy(timeline, container) };
}

/** Returns the probe for which the kubelet killed the last instance that exited, if one did. */
function killedBy(timeline: Timeline, container: string): FailedProbe | undefined {
  const own = historyOf(timeline).about(container);
  const ended = own.findLastIndex((event) => isA('ContainerExited', event));
  const life = own.slice(0, ended);
  const born = life.findLastIndex((event) => isA('Started', event));
  const killing = life.slice(born + 1).find((event) => isA('Killing', event) && event.probe !== undefined);
  if (!killing || !isA('Killing', killing) || killing.probe === undefined) return undefined;
  const { probe } = killing;
  const attempt = life.filter((event) => isA('ProbeFinished', event)).findLast((event) => event.probe === probe);
  return { probe, attempt };
}

/** True while the postStart hook of the container's instance is running. */
function openHook(timeline: Timeline, container: string): boolean {
  const last = historyOf(timeline)
    .about(container)
    .findLast((event) => isA('HookStarted', event) || isA('HookFinished', event) || isA('ContainerExited', event));
  return last !== undefined && isA('HookStarted', last) && last.hook === 'postStart';
}

function lastAnswer(timeline: Timeline, container: string, probe: ProbeType): EventOf<'ProbeFinished'> | undefined {
  const own = historyOf(timeline).about(container);
  return own
    .slice(own.findLastIndex((event) => isA('Started', event)) + 1)
    .filter((event) => isA('ProbeFinished', event))
    .findLast((event) => event.probe === probe);
}
