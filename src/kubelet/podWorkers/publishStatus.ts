import { after, type Instant, NEVER } from '../../clock/instant';
import { containerNamed } from '../../manifest/model';
import { isTerminal } from '../../timeline/condition';
import type { ProbeType } from '../../timeline/event';
import type { PodStatus } from '../../timeline/podStatus';
import { recordEvent } from '../effects/effects';
import { change, type Turn } from '../effects/turn';
import { triggerManually } from '../prober/proberManager';
import { updateStatus } from '../prober/updatePodStatus';
import { hasWorker } from '../state/proberState';
import type { RuntimeState } from '../state/runtimeState';
import { transition } from '../status/generate';
import { DEADLINE_EXCEEDED, generateAPIPodStatus } from '../status/generateAPIPodStatus';
import { publish } from '../status/publish';
import { mergePodStatus } from '../status/statusManager';

/**
 * Shows in the API what the last look at the runtime comes to, and returns it as the kubelet sees it. The API shows a
 * terminal phase only when the pod's worker has stopped everything: until then a container could still run.
 *
 * Source: pod_workers.go `CouldHaveRunningContainers`.
 */
export function publishStatus(turn: Turn): PodStatus {
  const status = generateStatus(turn, false);
  change(turn, { isOver: isTerminal(status.phase) });
  show(turn, mergePodStatus(turn.state.status, status, true));
  return status;
}

/** The runtime as a sync knows it: by the last look, or as it is for a kubelet that looks all the time. */
export function knownRuntime({ config, runtime, relisted }: Turn['state']): RuntimeState {
  return config.profile.relistMs === 0 ? runtime : relisted;
}

/** Shows in the API that the containers of the pod are stopped. Source: kubelet.go `SyncTerminatingPod`, at its end. */
export function publishStopped(turn: Turn): void {
  change(turn, { relisted: turn.state.runtime });
  if (turn.state.behavior.terminalPhaseOnDeletion) show(turn, generateStatus(turn, true));
}

/** Shows in the API that the sandbox is ready, before any image is pulled. Source: kubelet.go `OnPodSandboxReady`. */
export function publishReadySandbox(turn: Turn): void {
  const { status, behavior } = turn.state;
  if (!behavior.publishesReadySandbox) return;
  const conditions = status.conditions.map((condition) =>
    condition.type === 'PodReadyToStartContainers'
      ? transition(condition.type, { status: 'True' }, status.conditions, turn.at)
      : condition,
  );
  show(turn, { ...status, conditions });
}

/** Generates the status of the pod now; containers that are started and not ready have their readiness tried at once. */
export function generateStatus(turn: Turn, podIsTerminal: boolean): PodStatus {
  const { pod, status, backOff, behavior, prober, kubeletStartedAt } = turn.state;
  const pastActiveDeadline = turn.at >= activeDeadlineAt(turn.state);
  // The handler that looks at the deadline tells of it each time. Source: active_deadline.go `ShouldEvict`.
  if (pastActiveDeadline) recordEvent(turn, 'DeadlineExceeded', DEADLINE_EXCEEDED.message);
  const pokes: string[] = [];
  const runtime = knownRuntime(turn.state);
  const view = {
    results: prober.results,
    behavior,
    kubeletStartedAt,
    before: [...status.containerStatuses, ...status.initContainerStatuses],
    hasWorker: (name: string, type: ProbeType) => hasWorker(prober, name, type),
  };
  const next = generateAPIPodStatus(
    {
      pod,
      runtime,
      old: status,
      startErrors: backOff.startErrors,
      podIsTerminal: podIsTerminal && behavior.terminalPhaseOnDeletion,
      pastActiveDeadline,
      behavior,
      updateStatus: (each, isInit) => {
        const container = containerNamed(pod.spec, each.name);
        if (!container) return each;
        const probed = updateStatus(container, isInit, each, view);
        if (probed.poke) pokes.push(each.name);
        return probed.status;
      },
    },
    turn.at,
  );
  change(turn, { prober: triggerManually(prober, pokes) });
  return next;
}

/** Counted from the status' startTime. Source: active_deadline.go. */
export function activeDeadlineAt({ pod, status }: Pick<Turn['state'], 'pod' | 'status'>): Instant {
  const seconds = pod.spec.activeDeadlineSeconds;
  return seconds === undefined || status.startTime === undefined ? NEVER : after(status.startTime, seconds * 1000);
}

/** Shows a status in the API. */
export function show(turn: Turn, status: PodStatus): void {
  change(turn, { status: publish(turn.state.status, status, turn.state.pod, turn) });
}
