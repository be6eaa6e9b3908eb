import type { Instant } from '../clock/instant';
import { containerNamed } from '../manifest/model';
import type { KilledProcess } from '../timeline/event';
import { command, type Effects, emit } from './effects/effects';
import { endLateHook } from './lifecycle/handlers';
import { checkGracefulDelete } from './podWorkers/podDeletion';
import { removeFromApi } from './podWorkers/podWorkers';
import { noticeAtRelist, requestSync } from './podWorkers/updatePod';
import { cancelExecProbes, onProbeAnswered, onProbeUnjudged } from './prober/doProbe';
import { onProbed } from './probeUpdates';
import { NO_BACK_OFF } from './state/backOffState';
import type { SyncState } from './state/pass';
import type { PodState } from './state/podState';
import { NOTHING_PROBED } from './state/proberState';
import type { News } from './state/protocol';
import { type Instance, instanceById, type RuntimeState, updateInstance, withoutInstance } from './state/runtimeState';

/** Dead instances kept per container, so that the newest two can be shown; the garbage collector takes the others. */
const KEPT_DEAD = 2;

/** Takes news into the state: of the runtime, of probes, of the API. Starts and kills nothing. */
export function onObservation(state: PodState, seen: News, out: Effects): PodState {
  switch (seen.kind) {
    case 'SandboxStarted':
      return onSandboxStarted(state, seen, out);
    case 'SandboxStopped':
      return onSandboxStopped(state, seen.id, out);
    case 'ContainerCreated':
      return { ...state, runtime: withCreated(state, seen) };
    case 'ContainerStarted':
      return onContainerStarted(state, seen.id, out);
    case 'ContainerStartFailed':
      return onContainerExited(state, { ...seen, exitCode: 128, reason: 'StartError' }, out);
    case 'ContainerExited':
      return onContainerExited(state, seen, out);
    case 'ProcessOOMKilled':
      onProcessOOMKilled(state.runtime, seen, out);
      return state;
    case 'ContainerRemoved': {
      const removed = { ...state, runtime: withoutInstance(state.runtime, seen.id) };
      // The pass under way removes it, and the next one finds it missing and starts a new one.
      return state.sync.pass?.doing?.kind === 'RemoveContainers' ? askForSync(removed, out) : removed;
    }
    case 'ProbeAnswered':
      return onProbed(state, onProbeAnswered(state.prober, seen, state, out), out);
    case 'ProbeUnjudged':
      return { ...state, prober: onProbeUnjudged(state.prober, seen.run, out.at) };
    case 'HookAnswered':
      // Any other hook is what the pass under way waits for.
      return { ...state, lateHooks: endLateHook(state.lateHooks, seen, state.behavior, out) };
    case 'DeleteRequested':
      return onDeleteRequested(state, seen.gracePeriodSeconds, out);
    case 'SpecPatched':
      return askForSync({ ...state, pod: { ...state.pod, spec: seen.spec } }, out);
    case 'ConditionSet': {
      const foreignConditions = { ...state.pod.foreignConditions, [seen.type]: seen.status };
      return askForSync({ ...state, pod: { ...state.pod, foreignConditions } }, out);
    }
    case 'KubeletRestarted':
      return onKubeletRestarted(state, seen.forgotten ?? [], out.at);
    default:
      // The rest answer what the pass under way is waiting for.
      return state;
  }
}

function askForSync(state: PodState, out: Effects): PodState {
  return { ...state, sync: requestSync(state.sync, state, out) };
}

/** Takes over a change of the sandbox or a container, by its id, which the next look at the runtime shows. */
function onChange(before: PodState, runtime: RuntimeState, id: string, out: Effects): PodState {
  const state = { ...before, runtime };
  return { ...state, sync: noticeAtRelist(state.sync, id, state, out) };
}

type SandboxStarted = Extract<News, { readonly kind: 'SandboxStarted' }>;

function onSandboxStarted(state: PodState, { id, podIP }: SandboxStarted, out: Effects): PodState {
  const { runtime } = state;
  const attempt = runtime.sandbox ? runtime.sandbox.attempt + 1 : 0;
  emit(out, { source: 'runtime', kind: 'SandboxStarted', at: out.at, podIP, attempt });
  // The runtime lists it beside the containers. Source: pleg/generic.go `getContainersFromPods`.
  return onChange(state, { ...runtime, sandbox: { id, attempt, ready: true, podIP } }, id, out);
}

function onSandboxStopped(state: PodState, id: string, out: Effects): PodState {
  const { sandbox } = state.runtime;
  if (sandbox?.id !== id || !sandbox.ready) return state;
  emit(out, { source: 'runtime', kind: 'SandboxStopped', at: out.at });
  return onChange(state, { ...state.runtime, sandbox: { ...sandbox, ready: false } }, id, out);
}

type Created = Extract<News, { readonly kind: 'ContainerCreated' }>;

function withCreated({ runtime, pod, sync }: PodState, { container: name, id, stopSignal }: Created): RuntimeState {
  const container = containerNamed(pod.spec, name);
  if (!container || instanceById(runtime, id)) return runtime;
  const restartCount = runtime.created[name] ?? 0;
  const created: Instance = {
    id,
    name,
    image: imageOfPass(sync, name) ?? container.image,
    restartCount,
    sandboxId: runtime.sandbox?.id ?? '',
    ...(stopSignal === undefined ? {} : { stopSignal }),
    state: 'created',
  };
  return {
    ...runtime,
    instances: [created, ...runtime.instances],
    created: { ...runtime.created, [name]: restartCount + 1 },
  };
}

/** Returns the image of the pod as it was when the pass under way began. */
function imageOfPass({ pass }: SyncState, name: string): string | undefined {
  return pass && containerNamed(pass.pod.spec, name)?.image;
}

function onContainerStarted(state: PodState, id: string, out: Effects): PodState {
  const instance = instanceById(state.runtime, id);
  if (!instance || instance.startedAt !== undefined) return state;
  const { name: container, restartCount: attempt } = instance;
  emit(out, { source: 'runtime', kind: 'ContainerStarted', at: out.at, container, id, attempt });
  // A container that has already exited was faster than the response to its start.
  const now = instance.state === 'exited' ? 'exited' : 'running';
  return onChange(state, updateInstance(state.runtime, id, { state: now, startedAt: out.at }), id, out);
}

function onContainerExited(
  state: PodState,
  seen: { id: string; exitCode: number; reason?: string; message?: string; oomKilled?: KilledProcess },
  out: Effects,
): PodState {
  const instance = instanceById(state.runtime, seen.id);
  if (!instance || instance.state === 'exited') return state;
  const { id, exitCode, message } = seen;
  const reason = seen.reason ?? (exitCode === 0 ? 'Completed' : 'Error');
  const more = message === undefined ? {} : { message };
  const sentAt = signalledAt(state.sync, id);
  emit(out, {
    source: 'runtime',
    kind: 'ContainerExited',
    at: out.at,
    container: instance.name,
    id,
    attempt: instance.restartCount,
    exitCode,
    reason,
    ...more,
    ...(sentAt === undefined ? {} : { afterSignalMs: out.at - sentAt }),
    ...(seen.oomKilled && { oomKilled: seen.oomKilled }),
  });
  const runtime = updateInstance(state.runtime, id, {
    state: 'exited',
    startedAt: instance.startedAt ?? out.at,
    finishedAt: out.at,
    exitCode,
    reason,
    ...more,
  });
  return onChange(state, collectGarbage(runtime, instance.name, out), id, out);
}

/** Records an OOM kill. The kubelet itself does not know of it, and shows an exit alone. */
function onProcessOOMKilled(
  runtime: RuntimeState,
  { id, endsContainer, process }: Extract<News, { kind: 'ProcessOOMKilled' }>,
  out: Effects,
): void {
  const instance = instanceById(runtime, id);
  if (!instance || instance.state === 'exited') return;
  const killed = { container: instance.name, id, endsContainer, ...(process && { process }) };
  emit(out, { source: 'runtime', kind: 'ProcessOOMKilled', at: out.at, ...killed });
}

/** Returns the instant at which the kill under way sent the stop signal. */
function signalledAt({ pass }: SyncState, id: string): Instant | undefined {
  const doing = pass?.doing;
  const kills =
    doing?.kind === 'KillContainers' ? doing.kills : doing?.kind === 'StartContainer' && doing.kill ? [doing.kill] : [];
  return kills.find((kill) => kill.id === id && kill.stage === 'stopping')?.since;
}

function collectGarbage(runtime: RuntimeState, name: string, out: Effects): RuntimeState {
  const dead = runtime.instances.filter((each) => each.name === name && each.state === 'exited').slice(KEPT_DEAD);
  for (const { id } of dead) command(out, { kind: 'RemoveContainer', id });
  return dead.reduce((rest, { id }) => withoutInstance(rest, id), runtime);
}

function onDeleteRequested(state: PodState, gracePeriodSeconds: number | undefined, out: Effects): PodState {
  if (state.removed) return state;
  const { kind, deletion } = checkGracefulDelete(state.pod, state.status, gracePeriodSeconds, out.at);
  emit(out, { source: 'status', kind: 'DeletionMarked', at: out.at, ...deletion });
  const marked = { ...state, pod: { ...state.pod, deletion } };
  const cancelled = { ...marked, prober: cancelExecProbes(marked.prober, marked, out) };
  const { sync, ...left } = kind === 'Remove' ? removeFromApi(cancelled, out) : cancelled;
  const ends = sync.work === 'Sync' && !sync.pass;
  return askForSync({ ...left, sync: ends ? { ...sync, work: 'Terminating' } : sync }, out);
}

/**
 * Drops what the kubelet keeps in memory (workers, results, back-off, the pass under way) and looks again. The
 * containers keep running; `forgotten` are containers whose finished instances the runtime has lost in between.
 */
function onKubeletRestarted(state: PodState, forgotten: readonly string[], at: Instant): PodState {
  const { runtime } = state;
  const { pass: _, ...sync } = state.sync;
  const instances = runtime.instances.filter(({ name, state: is }) => is !== 'exited' || !forgotten.includes(name));
  return {
    ...state,
    kubeletStartedAt: at,
    prober: NOTHING_PROBED,
    backOff: NO_BACK_OFF,
    runtime: { ...runtime, instances },
    sync: { ...sync, dueAt: at },
  };
}
