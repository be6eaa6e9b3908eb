import { after, type Instant } from '../../clock/instant';
import { type Container, isSidecar } from '../../manifest/model';
import type { ProbeType } from '../../timeline/event';
import type { Behavior } from '../behavior/behavior';
import type { KubeletConfig } from '../behavior/config';
import { containersOfNewSandbox, shouldContainerBeRestarted } from '../container/helpers';
import { drawChance, type Effects } from '../effects/effects';
import { hasWorker, type ProberState, removeWorker } from '../state/proberState';
import type { ProbeWorker } from '../state/probeWorker';
import { isUsable, newestOf, type RuntimeState } from '../state/runtimeState';
import type { SyncedPod } from '../state/syncedPod';
import { newWorker, periodMs } from './worker';

const TYPES: readonly ProbeType[] = ['startup', 'readiness', 'liveness'];

/** View that decides which workers exist, and when each begins. */
export interface ManagerView {
  readonly pod: SyncedPod;
  readonly runtime: RuntimeState;
  readonly behavior: Behavior;
  readonly config: Pick<KubeletConfig, 'tickPhase'>;
  readonly kubeletStartedAt: Instant;
}

/**
 * Makes the missing workers, one per probe of a regular container or sidecar, before any container starts. A container
 * that never starts again gets none: its worker would end at its first turn.
 *
 * Source: prober/prober_manager.go `AddPod`.
 */
export function addPod(prober: ProberState, view: ManagerView, out: Effects): ProberState {
  const { pod, runtime, behavior } = view;
  const workers = [...prober.workers];
  const added = { ...prober, workers };
  for (const container of [...pod.spec.containers, ...pod.spec.initContainers.filter(isSidecar)]) {
    const newest = newestOf(runtime, container.name);
    const isOver = newest?.state === 'exited' && !shouldContainerBeRestarted(container, pod, runtime, behavior);
    if (isOver && !isStartedAgain(container, view)) continue;
    for (const type of TYPES) {
      const probe = container[`${type}Probe`];
      if (!probe) continue;
      if (!hasWorker(added, container.name, type)) {
        const worker = newWorker(container, type, probe, out.at, pod.deletion !== undefined);
        workers.push({ ...worker, nextTickAt: firstTickAt(worker, view, out) });
      } else if (!behavior.makesEveryMissingWorker) return added;
    }
  }
  return added;
}

/** True if a new sandbox starts the container. A sidecar starts with any other container. */
function isStartedAgain(container: Container, { pod, runtime }: ManagerView): boolean {
  if (isUsable(runtime.sandbox)) return false;
  const started = containersOfNewSandbox(pod, runtime);
  return isSidecar(container) ? started.length > 0 : started.includes(container);
}

/**
 * Returns the first tick of a worker. Only a kubelet younger than one period spreads its first probes.
 * Source: prober/worker.go `run`.
 */
function firstTickAt(worker: ProbeWorker, { kubeletStartedAt, config }: ManagerView, out: Effects): Instant {
  const { at } = out;
  if (config.tickPhase !== undefined) return after(at, Math.ceil(config.tickPhase * periodMs(worker)));
  if (at - kubeletStartedAt >= periodMs(worker)) return at;
  return after(at, Math.floor(drawChance(out) * periodMs(worker)));
}

/**
 * Returns the workers whose turn has come. Their order is chance on a node, and here stays the same without a delay.
 */
export function dueWorkers(
  { workers }: ProberState,
  { config }: { readonly config: Pick<KubeletConfig, 'profile'> },
  out: Effects,
): readonly ProbeWorker[] {
  const due = workers.filter((worker) => isDue(worker, out.at));
  if (due.length < 2 || config.profile.relistMs === 0) return due;
  const drawn = due.map((worker) => ({ worker, value: drawChance(out) }));
  return drawn.toSorted((a, b) => a.value - b.value).map(({ worker }) => worker);
}

function isDue(worker: ProbeWorker, at: Instant): boolean {
  return worker.inFlight === undefined && (worker.nextTickAt <= at || worker.tickKept || worker.poked);
}

/** Returns the instant of a worker's next turn, if nothing else happens. */
export function wakeWorkerAt(worker: ProbeWorker, now: Instant): Instant {
  if (worker.inFlight) return Number.POSITIVE_INFINITY as Instant;
  return worker.tickKept || worker.poked ? now : worker.nextTickAt;
}

/**
 * Pokes the readiness probes of these containers, which run immediately.
 * Source: prober/prober_manager.go `UpdatePodStatus`.
 */
export function triggerManually(prober: ProberState, containers: readonly string[]): ProberState {
  if (containers.length === 0) return prober;
  const workers = prober.workers.map((worker) =>
    worker.type === 'readiness' && containers.includes(worker.container.name) ? { ...worker, poked: true } : worker,
  );
  return { ...prober, workers };
}

/**
 * Ends the liveness and startup workers of regular containers when the pod is being stopped. Sidecars' workers
 * continue, as in every kubelet up to 1.36; nothing acts on their results.
 *
 * Source: prober/prober_manager.go `StopLivenessAndStartup`.
 */
export function stopLivenessAndStartup(prober: ProberState, { spec }: Pick<SyncedPod, 'spec'>): ProberState {
  const regular = new Set(spec.containers.map(({ name }) => name));
  return prober.workers
    .filter(({ type, container }) => type !== 'readiness' && regular.has(container.name))
    .reduce(removeWorker, prober);
}

/** Ends all workers. Source: prober/prober_manager.go `RemovePod`. */
export function removePod(prober: ProberState): ProberState {
  return prober.workers.reduce(removeWorker, prober);
}
