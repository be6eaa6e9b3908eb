import { after, type Instant, NEVER } from '../clock/instant';
import { containerNamed } from '../manifest/model';
import type { PodStatus } from '../timeline/podStatus';
import { generateAPIPodStatus } from './generateAPIPodStatus';
import { poke } from './proberManager';
import { mergePodStatus } from './statusManager';
import { publish, type Turn } from './turn';
import { updateStatus } from './updatePodStatus';

/**
 * Shows in the API what the last look at the runtime comes to, and returns it as the kubelet sees it: a terminal phase
 * is not shown while a container may still run.
 */
export function publishStatus(turn: Turn): PodStatus {
  const status = generateStatus(turn, false);
  publish(turn, mergePodStatus(turn.state.status, status, couldRun(turn)));
  return status;
}

/** Whether some container may still run, as far as the runtime's news tell. */
function couldRun(turn: Turn): boolean {
  return turn.state.runtime.instances.some(({ state }) => state === 'running' || state === 'unknown');
}

/** The status of the pod now; containers that are started and not ready have their readiness tried at once. */
export function generateStatus(turn: Turn, podIsTerminal: boolean): PodStatus {
  const { pod, runtime, status, backOff, behavior, workers, results, kubeletStartedAt } = turn.state;
  const pokes: string[] = [];
  const view = {
    results,
    behavior,
    kubeletStartedAt,
    before: [...status.containerStatuses, ...status.initContainerStatuses],
    hasWorker: (name: string, type: string) =>
      workers.some((worker) => worker.container.name === name && worker.type === type),
  };
  const next = generateAPIPodStatus(
    {
      pod,
      runtime,
      old: status,
      startErrors: backOff.startErrors,
      podIsTerminal: podIsTerminal && behavior.terminalPhaseOnDeletion,
      pastActiveDeadline: turn.at >= activeDeadlineAt(turn.state),
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
  poke(turn, pokes);
  return next;
}

/** Counted from the status' startTime. Source: active_deadline.go. */
export function activeDeadlineAt({ pod, status }: Pick<Turn['state'], 'pod' | 'status'>): Instant {
  const seconds = pod.spec.activeDeadlineSeconds;
  return seconds === undefined || status.startTime === undefined ? NEVER : after(status.startTime, seconds * 1000);
}
