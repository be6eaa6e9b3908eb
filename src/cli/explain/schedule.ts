import { behaviorOf } from '../../kubelet/behavior/behaviorOf';
import { type Container, isSidecar, type Pod, type Probe } from '../../manifest/model';
import { ScriptedPod } from '../../pod/simulated/scriptedPod';
import type { ScriptEntry } from '../../runtime/scripted/script';
import { historyOf } from '../../timeline/history/podHistory';
import type { RestartCause } from '../../timeline/history/restarts';
import { periodMsOf } from '../../timing/probeTiming';
import { EXITS_IMMEDIATELY, failLiveness, scriptSuccess } from './script';

/** One restart of a loop. */
export interface ScheduledRestart {
  /** Time since the previous exit. */
  readonly waitMs: number;
  /** Time since the first start. */
  readonly atMs: number;
  readonly because: RestartCause;
}

/** Restarts of a loop, until the pod ends or the table is long enough. */
export interface RestartSchedule {
  readonly restarts: readonly ScheduledRestart[];
  /** Final phase of the pod. undefined if it keeps restarting. */
  readonly endsAs: string | undefined;
}

/** Container that is simulated alone in its pod. */
export interface IsolatedContainer {
  readonly pod: Pod;
  readonly container: Container;
  readonly kubernetesVersion: string;
}

const SHOWN_MAX = 10;
const STEP = '10m';
const STEPS_MAX = 144;
/** A simulation with this many events and no result has none later either. */
const EVENTS_MAX = 10_000;

/** Simulates the restarts of a container whose process exits immediately. */
export function crashLoop(simulated: IsolatedContainer): RestartSchedule {
  // Hooks have no effect, because the process has already exited.
  const { lifecycle: _, ...container } = simulated.container;
  return simulate(createPod({ ...simulated, container }, EXITS_IMMEDIATELY));
}

/** Simulates the restarts of a container that always fails liveness and exits on SIGTERM. */
export function livenessLoop(simulated: IsolatedContainer, liveness: Probe): RestartSchedule {
  return simulate(createPod(simulated, failLiveness(simulated.container, liveness, measureStart(simulated))));
}

/**
 * Returns a pod with only this container, because each container has its own back-off. Leaves out variables and volumes,
 * which can be missing here, and readiness, which restarts nothing.
 */
function createPod(
  { pod, container, kubernetesVersion }: IsolatedContainer,
  script: readonly ScriptEntry[],
): ScriptedPod {
  const { env: _env, envFrom: _envFrom, volumeMounts: _mounts, readinessProbe: _readiness, ...alone } = container;
  const { volumes: _volumes, ...spec } = pod.spec;
  const idle: Container = {
    name: `not-${container.name}`.slice(0, 63),
    image: 'idle',
    imagePullPolicy: 'IfNotPresent',
  };
  const containers = isSidecar(container)
    ? { initContainers: [alone], containers: [idle] }
    : { initContainers: [], containers: [alone] };
  return new ScriptedPod(
    { ...pod, spec: { ...spec, ...containers } },
    { [container.name]: script },
    { kubernetesVersion },
  );
}

function simulate(pod: ScriptedPod): RestartSchedule {
  for (let step = 0; step < STEPS_MAX && !isEnough(pod); step += 1) {
    pod.advance(STEP);
  }
  const restarts = historyOf(pod.timeline).restarts.slice(0, SHOWN_MAX);
  const { phase } = pod.status;
  return {
    restarts: restarts.map(({ started, exited, because }) => ({
      waitMs: started.at - (exited?.at ?? 0),
      atMs: started.at,
      because,
    })),
    endsAs: phase === 'Succeeded' || phase === 'Failed' ? phase : undefined,
  };
}

function isEnough({ ended, timeline }: ScriptedPod): boolean {
  return ended || historyOf(timeline).end > EVENTS_MAX || historyOf(timeline).restarts.length >= SHOWN_MAX;
}

/** Returns when the startup probe of a working app succeeds after the first start and after later starts. */
function measureStart(simulated: IsolatedContainer): { readonly upMs: number; readonly againMs: number } {
  const { container, kubernetesVersion } = simulated;
  if (!container.startupProbe) return { upMs: 0, againMs: 0 };
  const pod = createPod(simulated, [scriptSuccess(container)]);
  pod.advance('1h');
  const up = historyOf(pod.timeline).published.find(({ status }) =>
    [...status.initContainerStatuses, ...status.containerStatuses].some(
      ({ name, started }) => name === container.name && started,
    ),
  );
  const upMs = (up?.at ?? 0) + 1;
  // The tick that corrects the `started` of the previous instance runs no attempt.
  const { carriesStartedOver } = behaviorOf(kubernetesVersion);
  return { upMs, againMs: carriesStartedOver ? upMs + periodMsOf(container.startupProbe) : upMs };
}
