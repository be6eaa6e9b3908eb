import type { Instant } from '../clock/instant';
import type { PodSpec } from '../manifest/model';
import { containerNamed } from '../manifest/model';
import type { KilledProcess } from '../timeline/event';
import { command, emit } from './effects/effects';
import { noticeAtRelist, requestSync } from './effects/podUpdates';
import { change, changeSync, type Turn } from './effects/turn';
import { endLateHook } from './lifecycle/handlers';
import { checkGracefulDelete } from './podWorkers/podDeletion';
import { removeFromApi } from './podWorkers/podWorkers';
import { cancelExecProbes, onProbeAnswered, onProbeUnjudged } from './prober/doProbe';
import { onProbed } from './probeUpdates';
import { NOTHING_PROBED } from './state/proberState';
import type { News } from './state/protocol';
import { type Instance, instanceById, type RuntimeState, updateInstance, withoutInstance } from './state/runtimeState';

/** Dead instances kept per container, so that the newest two can be shown; the garbage collector takes the others. */
const KEPT_DEAD = 2;

/** Takes news into the state: of the runtime, of probes, of the API. Starts and kills nothing. */
export function onObservation(turn: Turn, seen: News): void {
  switch (seen.kind) {
    case 'SandboxStarted':
      return onSandboxStarted(turn, seen.id, seen.podIP);
    case 'SandboxStopped':
      return onSandboxStopped(turn, seen.id);
    case 'ContainerCreated':
      return onContainerCreated(turn, seen);
    case 'ContainerStarted':
      return onContainerStarted(turn, seen.id);
    case 'ContainerStartFailed':
      return onContainerExited(turn, { ...seen, exitCode: 128, reason: 'StartError' });
    case 'ContainerExited':
      return onContainerExited(turn, seen);
    case 'ProcessOOMKilled':
      return onProcessOOMKilled(turn, seen);
    case 'ContainerRemoved':
      setRuntime(turn, withoutInstance(turn.state.runtime, seen.id));
      // What the pass under way removes, the next one finds gone and starts anew.
      if (turn.state.sync.pass?.doing?.kind === 'RemoveContainers') requestSync(turn);
      return;
    case 'ProbeAnswered':
      return onProbed(turn, onProbeAnswered(turn.state.prober, seen, turn.state, turn));
    case 'ProbeUnjudged':
      return change(turn, { prober: onProbeUnjudged(turn.state.prober, seen.run, turn.at) });
    case 'HookAnswered':
      // Any other hook is what the pass under way waits for.
      return change(turn, {
        lateHooks: endLateHook(turn.state.lateHooks, seen, turn.state.behavior, turn),
      });
    case 'DeleteRequested':
      return onDeleteRequested(turn, seen.gracePeriodSeconds);
    case 'SpecPatched':
      return onSpecPatched(turn, seen.spec);
    case 'ConditionSet': {
      const { pod } = turn.state;
      change(turn, { pod: { ...pod, foreignConditions: { ...pod.foreignConditions, [seen.type]: seen.status } } });
      return requestSync(turn);
    }
    case 'KubeletRestarted':
      return onKubeletRestarted(turn, seen.forgotten ?? []);
    default:
      // The rest answer what the pass under way is waiting for.
      return;
  }
}

function onSandboxStarted(turn: Turn, id: string, podIP: string): void {
  const { sandbox } = turn.state.runtime;
  const attempt = sandbox ? sandbox.attempt + 1 : 0;
  setRuntime(turn, { ...turn.state.runtime, sandbox: { id, attempt, ready: true, podIP } });
  emit(turn, { source: 'runtime', kind: 'SandboxStarted', at: turn.at, podIP, attempt });
  // The runtime lists it beside the containers. Source: pleg/generic.go `getContainersFromPods`.
  noticeAtRelist(turn, id);
}

function onSandboxStopped(turn: Turn, id: string): void {
  const { sandbox } = turn.state.runtime;
  if (sandbox?.id !== id || !sandbox.ready) return;
  setRuntime(turn, { ...turn.state.runtime, sandbox: { ...sandbox, ready: false } });
  emit(turn, { source: 'runtime', kind: 'SandboxStopped', at: turn.at });
  noticeAtRelist(turn, id);
}

type Created = Extract<News, { readonly kind: 'ContainerCreated' }>;

function onContainerCreated(turn: Turn, { container: name, id, stopSignal }: Created): void {
  const { runtime, pod } = turn.state;
  const container = containerNamed(pod.spec, name);
  if (!container || instanceById(runtime, id)) return;
  const restartCount = runtime.created[name] ?? 0;
  const created: Instance = {
    id,
    name,
    image: imageOfPass(turn, name) ?? container.image,
    restartCount,
    sandboxId: runtime.sandbox?.id ?? '',
    ...(stopSignal === undefined ? {} : { stopSignal }),
    state: 'created',
  };
  setRuntime(turn, {
    ...runtime,
    instances: [created, ...runtime.instances],
    created: { ...runtime.created, [name]: restartCount + 1 },
  });
}

/** The pass under way creates what the pod said when it began. */
function imageOfPass(turn: Turn, name: string): string | undefined {
  const spec = turn.state.sync.pass?.pod.spec;
  return spec && containerNamed(spec, name)?.image;
}

function onContainerStarted(turn: Turn, id: string): void {
  const instance = instanceById(turn.state.runtime, id);
  if (!instance || instance.startedAt !== undefined) return;
  // One that has ended already was faster than the answer to its start.
  const state = instance.state === 'exited' ? 'exited' : 'running';
  setRuntime(turn, updateInstance(turn.state.runtime, id, { state, startedAt: turn.at }));
  const { name: container, restartCount: attempt } = instance;
  emit(turn, { source: 'runtime', kind: 'ContainerStarted', at: turn.at, container, id, attempt });
  noticeAtRelist(turn, id);
}

function onContainerExited(
  turn: Turn,
  seen: { id: string; exitCode: number; reason?: string; message?: string; oomKilled?: KilledProcess },
): void {
  const instance = instanceById(turn.state.runtime, seen.id);
  if (!instance || instance.state === 'exited') return;
  const { id, exitCode, message } = seen;
  const reason = seen.reason ?? (exitCode === 0 ? 'Completed' : 'Error');
  const more = message === undefined ? {} : { message };
  const runtime = updateInstance(turn.state.runtime, id, {
    state: 'exited',
    startedAt: instance.startedAt ?? turn.at,
    finishedAt: turn.at,
    exitCode,
    reason,
    ...more,
  });
  setRuntime(turn, runtime);
  const sentAt = signalledAt(turn, id);
  emit(turn, {
    source: 'runtime',
    kind: 'ContainerExited',
    at: turn.at,
    container: instance.name,
    id,
    attempt: instance.restartCount,
    exitCode,
    reason,
    ...more,
    ...(sentAt === undefined ? {} : { afterSignalMs: turn.at - sentAt }),
    ...(seen.oomKilled && { oomKilled: seen.oomKilled }),
  });
  collectGarbage(turn, instance.name);
  noticeAtRelist(turn, id);
}

/** The kubelet itself does not know of it, and shows an exit alone. */
function onProcessOOMKilled(
  turn: Turn,
  { id, endsContainer, process }: Extract<News, { kind: 'ProcessOOMKilled' }>,
): void {
  const instance = instanceById(turn.state.runtime, id);
  if (!instance || instance.state === 'exited') return;
  const { name: container } = instance;
  const killed = { container, id, endsContainer, ...(process && { process }) };
  emit(turn, { source: 'runtime', kind: 'ProcessOOMKilled', at: turn.at, ...killed });
}

/** When the container was sent its stop signal, by the kill under way. */
function signalledAt(turn: Turn, id: string): Instant | undefined {
  const doing = turn.state.sync.pass?.doing;
  const kills =
    doing?.kind === 'KillContainers' ? doing.kills : doing?.kind === 'StartContainer' && doing.kill ? [doing.kill] : [];
  return kills.find((kill) => kill.id === id && kill.stage === 'stopping')?.since;
}

function collectGarbage(turn: Turn, name: string): void {
  const dead = turn.state.runtime.instances.filter((each) => each.name === name && each.state === 'exited');
  for (const { id } of dead.slice(KEPT_DEAD)) {
    command(turn, { kind: 'RemoveContainer', id });
    setRuntime(turn, withoutInstance(turn.state.runtime, id));
  }
}

function onDeleteRequested(turn: Turn, gracePeriodSeconds: number | undefined): void {
  const { pod, status, removed, sync } = turn.state;
  if (removed) return;
  const { kind, deletion } = checkGracefulDelete(pod, status, gracePeriodSeconds, turn.at);
  change(turn, { pod: { ...pod, deletion } });
  emit(turn, { source: 'status', kind: 'DeletionMarked', at: turn.at, ...deletion });
  change(turn, { prober: cancelExecProbes(turn.state.prober, turn.state, turn) });
  if (kind === 'Remove') removeFromApi(turn);
  if (sync.work === 'Sync' && !sync.pass) changeSync(turn, { work: 'Terminating' });
  requestSync(turn);
}

function onSpecPatched(turn: Turn, spec: PodSpec): void {
  change(turn, { pod: { ...turn.state.pod, spec } });
  requestSync(turn);
}

/**
 * The kubelet forgets what it keeps in memory and looks anew: workers, results, back-off, the pass under way. The
 * containers run on; `forgotten` are containers whose finished instances the runtime has lost meanwhile.
 */
function onKubeletRestarted(turn: Turn, forgotten: readonly string[]): void {
  const { runtime, sync } = turn.state;
  const { pass: _, ...rest } = sync;
  change(turn, {
    kubeletStartedAt: turn.at,
    prober: NOTHING_PROBED,
    backOff: { restarts: {}, pulls: {}, pullErrors: {}, startErrors: {}, mountFailures: 0 },
    runtime: {
      ...runtime,
      instances: runtime.instances.filter(({ name, state }) => state !== 'exited' || !forgotten.includes(name)),
    },
    sync: { ...rest, dueAt: turn.at },
  });
}

function setRuntime(turn: Turn, runtime: RuntimeState): void {
  change(turn, { runtime });
}
