import { after, type Instant, NEVER } from '../../clock/instant';
import { containerNamed } from '../../manifest/model';
import { isTerminal } from '../../timeline/condition';
import type { ProbeType } from '../../timeline/event';
import type { PodStatus } from '../../timeline/podStatus';
import { type Effects, recordEvent } from '../effects/effects';
import { triggerManually } from '../prober/proberManager';
import { updateStatus } from '../prober/updatePodStatus';
import type { PodState } from '../state/podState';
import { hasWorker, type ProberState } from '../state/proberState';
import type { RuntimeState } from '../state/runtimeState';
import { DEADLINE_EXCEEDED, generateAPIPodStatus } from '../status/generateAPIPodStatus';
import { publish } from '../status/publish';
import { mergePodStatus } from '../status/statusManager';

/**
 * Shows in the API what the last look at the runtime comes to. The API shows a terminal phase only when the pod's worker
 * has stopped everything: until then a container could still run.
 *
 * Source: pod_workers.go `CouldHaveRunningContainers`.
 */
export function publishStatus(state: PodState, out: Effects): PodState {
  const { status, prober } = generateStatus(state, false, out);
  const isOver = isTerminal(status.phase);
  return show({ ...state, prober, isOver }, mergePodStatus(state.status, status, true), out);
}

/** Shows in the API that the containers of the pod are stopped. Source: kubelet.go `SyncTerminatingPod`, at its end. */
export function publishStopped(state: PodState, out: Effects): PodState {
  const relisted = { ...state, sync: { ...state.sync, relisted: state.runtime } };
  if (!state.behavior.terminalPhaseOnDeletion) return relisted;
  const { status, prober } = generateStatus(relisted, true, out);
  return show({ ...relisted, prober }, status, out);
}

/** Shows a status in the API. */
export function show(state: PodState, status: PodStatus, out: Effects): PodState {
  return { ...state, status: publish(state.status, status, state.pod, out) };
}

/** Returns the runtime as a sync knows it: by the last look, or as it is for a kubelet that looks all the time. */
export function knownRuntime({ config, runtime, sync }: Pick<PodState, 'config' | 'runtime' | 'sync'>): RuntimeState {
  return config.profile.relistMs === 0 ? runtime : sync.relisted;
}

/**
 * Generates the status of the pod now. Containers that are started and not ready have their readiness probed
 * immediately.
 */
export function generateStatus(
  state: PodState,
  podIsTerminal: boolean,
  out: Effects,
): { readonly status: PodStatus; readonly prober: ProberState } {
  const { pod, status: old, backOff, behavior, prober, kubeletStartedAt } = state;
  const pastActiveDeadline = out.at >= activeDeadlineAt(state);
  // The handler that looks at the deadline reports it each time. Source: active_deadline.go `ShouldEvict`.
  if (pastActiveDeadline) recordEvent(out, 'DeadlineExceeded', DEADLINE_EXCEEDED.message);
  const triggered: string[] = [];
  const probes = {
    results: prober.results,
    behavior,
    kubeletStartedAt,
    before: [...old.containerStatuses, ...old.initContainerStatuses],
    hasWorker: (name: string, type: ProbeType) => hasWorker(prober, name, type),
  };
  const view = {
    pod,
    runtime: knownRuntime(state),
    old,
    startErrors: backOff.startErrors,
    podIsTerminal: podIsTerminal && behavior.terminalPhaseOnDeletion,
    pastActiveDeadline,
    behavior,
    updateStatus: (each: PodStatus['containerStatuses'][number], isInit: boolean) => {
      const container = containerNamed(pod.spec, each.name);
      if (!container) return each;
      const probed = updateStatus(container, isInit, each, probes);
      if (probed.poke) triggered.push(each.name);
      return probed.status;
    },
  };
  const status = generateAPIPodStatus(view, out.at);
  return { status, prober: triggerManually(prober, triggered) };
}

/** Returns the deadline, counted from the status' startTime. Source: active_deadline.go. */
export function activeDeadlineAt({ pod, status }: Pick<PodState, 'pod' | 'status'>): Instant {
  const seconds = pod.spec.activeDeadlineSeconds;
  return seconds === undefined || status.startTime === undefined ? NEVER : after(status.startTime, seconds * 1000);
}
