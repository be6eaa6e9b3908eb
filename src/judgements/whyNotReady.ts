import { conditionOf } from '../timeline/condition';
import { type EventOf, isA, type ProbeType } from '../timeline/event';
import type { ContainerStatus, PodStatus } from '../timeline/podStatus';
import type { Timeline } from '../timeline/timeline';
import { howItEnded } from './containerWords';

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
  const current = initializing && status.initContainerStatuses.find(({ ready, started }) => !ready && !started);
  if (current) return [current];
  return [...status.initContainerStatuses, ...status.containerStatuses].filter(({ ready }) => !ready);
}

/** Why a container is not ready, or not even started, in the words of its state and its last probe. */
export function explainContainer(timeline: Timeline, { name, state, lastState, started }: ContainerStatus): string {
  if (state.terminated) return howItEnded(name, state.terminated);
  if (state.running) return explainRunning(timeline, name, started ? 'readiness' : 'startup');
  const { reason = 'not created', message } = state.waiting ?? {};
  if (lastState.terminated) return `${name} is waiting (${reason}): ${howItEnded('it', lastState.terminated)}`;
  return `${name} is waiting (${reason})${message ? `: ${message}` : ''}`;
}

function explainRunning(timeline: Timeline, container: string, probe: ProbeType): string {
  const subject = `${container} runs, but its ${probe} probe`;
  const last = lastAnswer(timeline, container, probe);
  if (!last) return `${subject} has not answered yet`;
  switch (last.result) {
    case 'Failure':
      return `${subject} fails: ${last.output}`;
    case 'Errored':
      return `${subject} cannot be carried out: ${last.output}`;
    default:
      return `${subject} has succeeded ${last.run} of ${last.threshold} times`;
  }
}

function lastAnswer(timeline: Timeline, container: string, probe: ProbeType): EventOf<'ProbeFinished'> | undefined {
  const born = timeline.events.findLastIndex((event) => isA('Started', event) && event.container === container);
  return timeline.events
    .slice(born + 1)
    .filter((event) => isA('ProbeFinished', event))
    .findLast((event) => event.container === container && event.probe === probe);
}
