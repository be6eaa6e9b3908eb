import { conditionOf } from '../../timeline/condition';
import { type EventOf, isA, type ProbeType } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { ContainerStatus, PodStatus } from '../../timeline/podStatus';
import { probeText } from '../../timeline/probeText';
import type { Timeline } from '../../timeline/timeline';
import { howItEnded } from '../../wording/exits';

/** Why the pod is not Ready just now, container by container, in the words of its status and its last probes. */
export function whyNotReady(timeline: Timeline): string {
  const { status } = timeline;
  if (!status) return 'none of its containers has been looked at yet';
  const waitingFor = blocking(status).map((container) => explainContainer(timeline, container));
  if (waitingFor.length > 0) return waitingFor.join('; ');
  return conditionOf(status, 'Ready')?.message ?? 'its Ready condition is not True';
}

/** The init container whose turn it is, or else the containers that are not ready. */
function blocking(status: PodStatus): readonly ContainerStatus[] {
  const initializing = conditionOf(status, 'Initialized')?.status !== 'True';
  const current = initializing && currentInit(status.initContainerStatuses);
  if (current) return [current];
  return [...status.initContainerStatuses, ...status.containerStatuses].filter(({ ready }) => !ready);
}

/** They run one after another. The last one that has had its turn is the one that blocks, unless it is ready. */
function currentInit(statuses: readonly ContainerStatus[]): ContainerStatus | undefined {
  const begun = statuses.filter(({ state }) => state.waiting?.reason !== 'PodInitializing');
  const last = begun.at(-1);
  return begun.find(({ ready, started }) => !ready && !started) ?? (last?.ready ? undefined : last);
}

/** Why a container is not ready, or not even started, in the words of its state and its last probe. */
export function explainContainer(timeline: Timeline, { name, state, lastState, started }: ContainerStatus): string {
  const killed = killedBy(timeline, name);
  if (state.terminated) return `${howItEnded(name, state.terminated)}${killed ? ` after ${killed}` : ''}`;
  // The status shows such a container as waiting (ContainerCreating).
  if (openHook(timeline, name)) return `${name} runs, but its postStart hook has not finished`;
  if (state.running) return explainRunning(timeline, name, started ? 'readiness' : 'startup');
  const { reason = 'not created', message } = state.waiting ?? {};
  const ended = lastState.terminated && howItEnded('it', lastState.terminated);
  if (ended) return `${name} is waiting (${reason}): ${ended}${killed ? ` after ${killed}` : ''}`;
  return `${name} is waiting (${reason})${message ? `: ${message}` : ''}`;
}

function explainRunning(timeline: Timeline, container: string, probe: ProbeType): string {
  const subject = `${container} runs, but its ${probe} probe`;
  const last = lastAnswer(timeline, container, probe);
  if (!last) return unanswered(timeline, container, probe);
  switch (last.result) {
    case 'Failure':
      return `${subject} fails: ${probeText(last)}`;
    case 'Errored':
      return `${subject} cannot be carried out: ${last.output}`;
    default:
      return `${subject} has succeeded ${last.run} of ${last.threshold} times`;
  }
}

/** No probe was answered in this life, or there is none: an init container has to complete, and a kill came before. */
function unanswered(timeline: Timeline, container: string, probe: ProbeType): string {
  const { initContainerStatuses = [] } = timeline.status ?? {};
  const isInit = initContainerStatuses.some(({ name }) => name === container);
  if (isInit) return `init container ${container} still runs, and the pod waits for it`;
  const killed = killedBy(timeline, container);
  const subject = `${container} runs, but its ${probe} probe has not answered yet`;
  return killed ? `${subject}. The instance before was killed after ${killed}` : subject;
}

/** `its startup probe failed: connection refused`, of the last end of the container if a probe had it killed. */
function killedBy(timeline: Timeline, container: string): string | undefined {
  const own = historyOf(timeline).about(container);
  const ended = own.findLastIndex((event) => isA('ContainerExited', event));
  const life = own.slice(0, ended);
  const born = life.findLastIndex((event) => isA('Started', event));
  const killing = life.slice(born + 1).find((event) => isA('Killing', event) && event.probe !== undefined);
  if (!killing || !isA('Killing', killing)) return undefined;
  const last = life.findLast((event) => isA('ProbeFinished', event) && event.probe === killing.probe);
  return `its ${killing.probe} probe failed${last && isA('ProbeFinished', last) ? `: ${probeText(last)}` : ''}`;
}

/** True while the postStart hook of the container's instance runs. */
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
