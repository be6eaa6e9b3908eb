import { type Container, isSidecar, type PodSpec, type Probe } from './model';

/** What a pod may take until it is Ready where its manifest says nothing about it. */
const WITHOUT_LIMIT_MS = 60_000;

/** How long a pod may take until it is Ready, by its own manifest. */
export interface Budget {
  readonly ms: number;
  /** Whether the manifest sets a limit at all: only a startup or a liveness probe ends a start that takes too long. */
  readonly limited: boolean;
}

/**
 * The time a pod's own probes give it to become Ready: the startup probe's delay + period × failureThreshold + timeout,
 * without one the liveness probe's, and the readiness probe's on top. Sidecars come one after another, then the
 * containers side by side.
 *
 * Nothing bounds a plain init container, nor a container that readiness alone watches; 60 s then stand in.
 */
export function readyBudget({ initContainers, containers }: PodSpec): Budget {
  const sidecarsMs = initContainers.filter(isSidecar).reduce((sum, sidecar) => sum + containerMs(sidecar), 0);
  const ms = sidecarsMs + Math.max(0, ...containers.map(containerMs));
  const limited = ms > 0 && initContainers.every(isSidecar) && [...initContainers, ...containers].every(isLimited);
  return limited ? { ms, limited } : { ms: Math.max(ms, WITHOUT_LIMIT_MS), limited };
}

function containerMs({ startupProbe, livenessProbe, readinessProbe }: Container): number {
  return probeMs(startupProbe ?? livenessProbe) + probeMs(readinessProbe);
}

/** Without a readiness probe there is nothing to wait for but the start itself. */
function isLimited({ startupProbe, livenessProbe, readinessProbe }: Container): boolean {
  return startupProbe !== undefined || livenessProbe !== undefined || readinessProbe === undefined;
}

/** The longest a probe takes to reach its failureThreshold. */
function probeMs(probe: Probe | undefined): number {
  if (!probe) return 0;
  return (probe.initialDelaySeconds + probe.periodSeconds * probe.failureThreshold + probe.timeoutSeconds) * 1000;
}

/**
 * The time a pod's own probes give a container until it is restarted: as {@link readyBudget}, and the grace its stop
 * may take.
 */
export function restartBudget(spec: PodSpec): Budget {
  const { ms, limited } = readyBudget(spec);
  return { ms: ms + graceMs(spec), limited };
}

function graceMs({ initContainers, containers, terminationGracePeriodSeconds = 0 }: PodSpec): number {
  const probes = [...initContainers, ...containers].flatMap(({ livenessProbe, startupProbe }) => [
    livenessProbe,
    startupProbe,
  ]);
  const graces = probes.map((probe) => probe?.terminationGracePeriodSeconds ?? terminationGracePeriodSeconds);
  return Math.max(...graces, terminationGracePeriodSeconds) * 1000;
}
