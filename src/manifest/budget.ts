import { type Container, isSidecar, type Lifecycle, type PodSpec, type Probe } from './model';

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

/** The time a pod's own probes give its containers to be started: as {@link readyBudget}, without readiness. */
export function startBudget({ initContainers, containers, ...spec }: PodSpec): Budget {
  const unready = (container: Container): Container => {
    const { readinessProbe: _, ...rest } = container;
    return rest;
  };
  return readyBudget({ ...spec, initContainers: initContainers.map(unready), containers: containers.map(unready) });
}

/** The time until a pod has come to a phase: nothing but `activeDeadlineSeconds` bounds how long one takes. */
export function phaseBudget(spec: PodSpec, phase: string): Budget {
  const { activeDeadlineSeconds } = spec;
  const isEnd = phase === 'Succeeded' || phase === 'Failed';
  if (!isEnd || activeDeadlineSeconds === undefined) return { ms: WITHOUT_LIMIT_MS, limited: false };
  return { ms: activeDeadlineSeconds * 1000 + graceMs(spec), limited: true };
}

/** How many restarts the kubelet may allow before back-off holds one up, when a probe causes them. */
const FREE_RESTARTS = 4;
/** The longest back-off. */
const BACK_OFF_MAX_MS = 300_000;

/** The time a pod's own probes give a container until back-off holds it up that many times. */
export function crashLoopBudget(spec: PodSpec, times: number): Budget {
  const { ms, limited } = restartBudget(spec);
  return { ms: (FREE_RESTARTS + times) * ms + (times - 1) * BACK_OFF_MAX_MS, limited };
}

/** The time until a hook has run: a postStart as long as a start takes, a preStop as long as a restart. */
export function hookBudget(spec: PodSpec, hook: keyof Lifecycle): Budget {
  return hook === 'preStop' ? restartBudget(spec) : { ms: WITHOUT_LIMIT_MS, limited: false };
}

function graceMs({ initContainers, containers, terminationGracePeriodSeconds = 0 }: PodSpec): number {
  const probes = [...initContainers, ...containers].flatMap(({ livenessProbe, startupProbe }) => [
    livenessProbe,
    startupProbe,
  ]);
  const graces = probes.map((probe) => probe?.terminationGracePeriodSeconds ?? terminationGracePeriodSeconds);
  return Math.max(...graces, terminationGracePeriodSeconds) * 1000;
}
