import { behaviorOf } from '../../kubelet/behavior/behaviorOf';
import { type Container, isSidecar, type Pod, type Probe } from '../../manifest/model';
import { ScriptedPod } from '../../pod/simulated/scriptedPod';
import type { ScriptEntry } from '../../runtime/scripted/script';
import { historyOf } from '../../timeline/history/podHistory';
import type { RestartCause } from '../../timeline/history/restarts';
import { periodMsOf } from '../../timing/probeTiming';
import { ENDS_AT_ONCE, isNotAlive, works } from './script';

/** One restart of a loop. */
export interface ScheduledRestart {
  /** From the exit before it. */
  readonly waitMs: number;
  /** From the first start. */
  readonly atMs: number;
  readonly because: RestartCause;
}

export interface RestartSchedule {
  readonly restarts: readonly ScheduledRestart[];
  /** The phase the pod ends in, where it does. */
  readonly endsAs: string | undefined;
}

export interface Played {
  readonly pod: Pod;
  readonly container: Container;
  readonly kubernetesVersion: string;
}

const SHOWN_MAX = 10;
const STEP = '10m';
const STEPS_MAX = 144;
/** A probe that decides nothing for a day tells nothing more than it does in an hour. */
const EVENTS_MAX = 10_000;

/** When a container that ends as soon as it has started is restarted, as the kubelet's own rules play it. */
export function crashLoop(played: Played): RestartSchedule {
  // Whatever its hooks do: there is no process left for them.
  const { lifecycle: _, ...container } = played.container;
  return scheduleOf(play({ ...played, container }, ENDS_AT_ONCE));
}

/** When a container that comes up and is found dead by liveness at once is restarted; it heeds SIGTERM at once. */
export function livenessLoop(played: Played, liveness: Probe): RestartSchedule {
  return scheduleOf(play(played, isNotAlive(played.container, liveness, upTimes(played))));
}

/**
 * The pod with that container alone, since back-off is each container's own; without what may be missing here, and
 * without readiness, which restarts nothing.
 */
function play({ pod, container, kubernetesVersion }: Played, script: readonly ScriptEntry[]): ScriptedPod {
  const { env: _env, envFrom: _envFrom, volumeMounts: _mounts, readinessProbe: _readiness, ...played } = container;
  const { volumes: _volumes, ...spec } = pod.spec;
  const idle: Container = {
    name: `not-${container.name}`.slice(0, 63),
    image: 'idle',
    imagePullPolicy: 'IfNotPresent',
  };
  const containers = isSidecar(container)
    ? { initContainers: [played], containers: [idle] }
    : { initContainers: [], containers: [played] };
  return new ScriptedPod(
    { ...pod, spec: { ...spec, ...containers } },
    { [container.name]: script },
    { kubernetesVersion },
  );
}

function scheduleOf(pod: ScriptedPod): RestartSchedule {
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

/** How long after a start the startup probe of an app that works has succeeded. */
function upTimes(played: Played): { readonly upMs: number; readonly againMs: number } {
  const { container, kubernetesVersion } = played;
  if (!container.startupProbe) return { upMs: 0, againMs: 0 };
  const pod = play(played, [works(container)]);
  pod.advance('1h');
  const up = historyOf(pod.timeline).published.find(({ status }) =>
    [...status.initContainerStatuses, ...status.containerStatuses].some(
      ({ name, started }) => name === container.name && started,
    ),
  );
  const upMs = (up?.at ?? 0) + 1;
  // The turn that ends a `started` of the instance before makes no attempt.
  const { carriesStartedOver } = behaviorOf(kubernetesVersion);
  return { upMs, againMs: carriesStartedOver ? upMs + periodMsOf(container.startupProbe) : upMs };
}
