import { after, type Instant, NEVER } from '../clock/instant';
import type { PodStatus } from '../timeline/podStatus';
import { computePodActions, type PodActions } from './computePodActions';
import { mayRestartAllContainers } from './conditions';
import { minorOf } from './config';
import { conditionStatus, DEADLINE_EXCEEDED, generateAPIPodStatus, isTerminal } from './generateAPIPodStatus';
import { advanceKill, beginKill, enforceGrace, onPreStopAnswered, stopOrder } from './killContainer';
import { addPod, poke, removeWorkers, stopLivenessAndStartup } from './proberManager';
import { newestOf } from './runtimeState';
import { advanceStart, beginStart, onStartNews, type StartStep } from './startContainer';
import { mergePodStatus, terminatePod } from './statusManager';
import type { Action, Doing, Killing, Pass } from './sync';
import { change, changeSync, command, jitter, publish, record, type Turn, tell } from './turn';
import { updateStatus } from './updatePodStatus';
import type { News } from './words';

/** Source: kubelet.go `syncFrequency`, pod_workers.go `backOffPeriod`. */
const RESYNC_MS = 60_000;
const RETRY_MS = 10_000;

/**
 * Begins the next pass of the pod's worker: look, publish, decide; what follows is done one thing after another.
 *
 * Source: kubelet.go `SyncPod`, `SyncTerminatingPod`, `SyncTerminatedPod`.
 */
export function beginPass(turn: Turn): void {
  const { pod, runtime, sync } = turn.state;
  const pass: Pass = { pod, snapshot: runtime, todo: [], retryAt: NEVER, wantedAt: NEVER };
  changeSync(turn, { dueAt: NEVER, pass });
  switch (sync.work) {
    case 'Sync':
      return beginSync(turn, pass);
    case 'Terminating':
      return beginTermination(turn, pass);
    case 'Terminated':
      return finish(turn);
    case 'Finished':
      return;
  }
}

function beginSync(turn: Turn, pass: Pass): void {
  const status = generateStatus(turn, false);
  publish(turn, mergePodStatus(turn.state.status, status, couldRun(turn)));
  if (isTerminal(status.phase) || turn.state.pod.deletion) {
    if (status.reason === DEADLINE_EXCEEDED.reason && isTerminal(status.phase)) {
      record(turn, 'DeadlineExceeded', DEADLINE_EXCEEDED.message);
    }
    return endPass(turn, 'Terminating');
  }
  addPod(turn);
  const { runtime, results, config, pod } = turn.state;
  const todo = restartsAll(turn, status)
    ? restartAllContainers(turn)
    : inOrder(turn, computePodActions({ pod, runtime, results, config }));
  setPass(turn, { ...pass, todo });
  advancePass(turn);
}

/** Source: kuberuntime_manager.go `SyncPod`, in its order. */
function inOrder(turn: Turn, actions: PodActions): readonly Action[] {
  const { runtime, pod } = turn.state;
  if (actions.killPod && !actions.createSandbox) return stopEverything(turn);
  const isInit = new Set(pod.spec.initContainers.map(({ name }) => name));
  const purged = runtime.instances.filter(({ name }) => isInit.has(name)).map(({ id }) => id);
  if (actions.createSandbox && runtime.sandbox) {
    record(turn, 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.');
  }
  return [
    ...(actions.createSandbox && runtime.sandbox ? stopEverything(turn) : []),
    ...(actions.createSandbox && purged.length > 0 ? [{ kind: 'RemoveContainers', ids: purged } as const] : []),
    ...(actions.killPod
      ? []
      : actions.killContainers.map((order) => ({ kind: 'KillContainers', orders: [order], wholePod: false }) as const)),
    ...(actions.createSandbox ? [{ kind: 'CreateSandbox', attempt: actions.attempt } as const] : []),
    ...actions.startInitContainers.map((container) => ({ kind: 'StartContainer', container, init: true }) as const),
    ...actions.startContainers.map((container) => ({ kind: 'StartContainer', container, init: false }) as const),
  ];
}

/** All running containers at once, then the sandbox. Source: kuberuntime_manager.go `killPodWithSyncResult`. */
function stopEverything(turn: Turn, gracePeriodSecondsOverride?: number): Action[] {
  const { runtime, pod } = turn.state;
  const orders = [...pod.spec.initContainers, ...pod.spec.containers].flatMap((container) =>
    runtime.instances
      .filter(({ name, state }) => name === container.name && state === 'running')
      .map(({ id }) => stopOrder(container, id)),
  );
  return [
    ...(orders.length === 0
      ? []
      : [
          {
            kind: 'KillContainers',
            orders,
            wholePod: true,
            ...(gracePeriodSecondsOverride === undefined ? {} : { gracePeriodSecondsOverride }),
          } as const,
        ]),
    ...(runtime.sandbox?.ready ? [{ kind: 'StopSandbox' } as const] : []),
  ];
}

function restartsAll(turn: Turn, status: PodStatus): boolean {
  const { pod, config } = turn.state;
  return mayRestartAllContainers(pod.spec, config) && conditionStatus(status, 'AllContainersRestarting') === 'True';
}

/**
 * Kills what runs without its hooks, then removes every container: the next pass finds none and starts over.
 *
 * Source: kuberuntime_manager.go `computePodActions`, `SyncPod` (RestartAllContainers).
 */
function restartAllContainers(turn: Turn): readonly Action[] {
  const { runtime, pod } = turn.state;
  const containers = [...pod.spec.initContainers, ...pod.spec.containers];
  const kills = containers.flatMap((container): Action[] => {
    const newest = newestOf(runtime, container.name);
    if (newest?.state !== 'running') return [];
    const order = { id: newest.id, container, message: 'killing', reason: 'unknown' } as const;
    return [{ kind: 'KillContainers', orders: [order], wholePod: false, gracePeriodSecondsOverride: 0 }];
  });
  return [...kills, { kind: 'RemoveContainers', ids: runtime.instances.map(({ id }) => id) }];
}

function beginTermination(turn: Turn, pass: Pass): void {
  publish(turn, mergePodStatus(turn.state.status, generateStatus(turn, false), couldRun(turn)));
  stopLivenessAndStartup(turn);
  setPass(turn, { ...pass, todo: stopEverything(turn, effectiveGracePeriodSeconds(turn)) });
  advancePass(turn);
}

/** At least 1 s, whatever was asked for. Source: pod_workers.go `calculateEffectiveGracePeriod`. */
function effectiveGracePeriodSeconds(turn: Turn): number {
  const { deletion, spec } = turn.state.pod;
  const own = spec.terminationGracePeriodSeconds ?? 0;
  return Math.max(deletion ? deletion.deletionGracePeriodSeconds : own, 1);
}

/** All containers are gone: the last status, and the pod leaves the API if it was deleted. */
function finish(turn: Turn): void {
  removeWorkers(turn);
  publish(turn, terminatePod(turn.state.pod, generateStatus(turn, true)));
  changeSync(turn, { work: 'Finished', dueAt: NEVER });
  setPass(turn, undefined);
  if (turn.state.pod.deletion) removeFromApi(turn);
}

export function removeFromApi(turn: Turn): void {
  if (turn.state.removed) return;
  change(turn, { removed: true });
  tell(turn, { source: 'status', kind: 'PodRemoved', at: turn.at });
}

/** Does what is left of the pass, until something has to be waited for. `seen` is news that may concern what is done. */
export function advancePass(turn: Turn, seen?: News): void {
  const { pass } = turn.state.sync;
  if (pass?.doing) settle(turn, pass, continueDoing(turn, pass, pass.doing, seen));
  for (;;) {
    const current = turn.state.sync.pass;
    if (!current || current.doing) return;
    const [action, ...todo] = current.todo;
    if (!action) return endPass(turn, turn.state.sync.work === 'Terminating' ? 'Terminated' : undefined);
    const next = { ...current, todo };
    setPass(turn, next);
    settle(turn, next, begin(turn, next, action));
  }
}

/** What an action has come to: something to wait for, or over and whether what follows still makes sense. */
type Outcome =
  | { readonly doing: Doing }
  | { readonly over: true; readonly retryAt?: Instant; readonly abort?: boolean };

const OVER: Outcome = { over: true };

function settle(turn: Turn, pass: Pass, outcome: Outcome): void {
  // What was done meanwhile may have asked for a sync, so the pass is read again.
  const current = turn.state.sync.pass ?? pass;
  const { doing: _, ...rest } = current;
  if ('doing' in outcome) return setPass(turn, { ...rest, doing: outcome.doing });
  const retryAt = Math.min(rest.retryAt, outcome.retryAt ?? NEVER) as Instant;
  setPass(turn, { ...rest, retryAt, todo: outcome.abort ? [] : rest.todo });
}

function begin(turn: Turn, pass: Pass, action: Action): Outcome {
  switch (action.kind) {
    case 'KillContainers': {
      const options = killOptions(pass, action.gracePeriodSecondsOverride);
      const kills = action.orders.map((order) => beginKill(turn, order, options));
      const { wholePod, gracePeriodSecondsOverride } = action;
      return continueKilling(turn, pass, {
        kind: 'KillContainers',
        kills,
        wholePod,
        ...(gracePeriodSecondsOverride === undefined ? {} : { gracePeriodSecondsOverride }),
      });
    }
    case 'StopSandbox': {
      const { sandbox } = turn.state.runtime;
      if (!sandbox?.ready) return OVER;
      command(turn, { kind: 'StopSandbox', id: sandbox.id });
      return { doing: { kind: 'StopSandbox' } };
    }
    case 'RemoveContainers':
      for (const id of action.ids) command(turn, { kind: 'RemoveContainer', id });
      return action.ids.length === 0 ? OVER : { doing: { kind: 'RemoveContainers', ids: action.ids } };
    case 'CreateSandbox':
      command(turn, { kind: 'CreateSandbox', attempt: action.attempt });
      return { doing: { kind: 'CreateSandbox' } };
    case 'StartContainer':
      return fromStart(action.init, beginStart(turn, pass, action.container, action.init));
  }
}

function continueDoing(turn: Turn, pass: Pass, doing: Doing, seen: News | undefined): Outcome {
  const { runtime } = turn.state;
  switch (doing.kind) {
    case 'KillContainers': {
      if (seen?.kind !== 'HookAnswered') return continueKilling(turn, pass, doing);
      const options = killOptions(pass, doing.gracePeriodSecondsOverride);
      const kills = doing.kills.map((kill) =>
        kill.hook?.run === seen.run ? onPreStopAnswered(turn, kill, seen.outcome, options) : kill,
      );
      return continueKilling(turn, pass, { ...doing, kills });
    }
    case 'StopSandbox':
      return runtime.sandbox?.ready ? { doing } : OVER;
    case 'RemoveContainers':
      return doing.ids.some((id) => runtime.instances.some((instance) => instance.id === id)) ? { doing } : OVER;
    case 'CreateSandbox':
      if (seen?.kind === 'SandboxFailed') {
        record(turn, 'FailedCreatePodSandBox', `Failed to create pod sandbox: ${seen.message}`);
        return { over: true, abort: true, retryAt: after(turn.at, RETRY_MS) };
      }
      return seen?.kind === 'SandboxStarted' ? OVER : { doing };
    case 'StartContainer':
      return fromStart(doing.init, seen ? onStartNews(turn, pass, doing, seen) : advanceStart(turn, pass, doing));
  }
}

/** A failed sidecar or regular container leaves the others their turn; a failed init container does not. */
function fromStart(init: boolean, step: StartStep): Outcome {
  if (step.kind === 'Doing') return { doing: step.doing };
  if (step.kind === 'Started') return OVER;
  return { over: true, retryAt: step.retryAt, abort: init && !step.sidecar };
}

function continueKilling(turn: Turn, pass: Pass, killing: Killing): Outcome {
  const options = killOptions(pass, killing.gracePeriodSecondsOverride);
  let current = killing;
  for (let before: Killing | undefined; before !== current; ) {
    before = current;
    const kills = current.kills.map((kill) => enforceGrace(turn, advanceKill(turn, kill, current, options)));
    if (kills.some((kill, index) => kill !== current.kills[index])) current = { ...current, kills };
  }
  return current.kills.every(({ stage }) => stage === 'done') ? OVER : { doing: current };
}

function killOptions({ pod }: Pass, gracePeriodSecondsOverride: number | undefined) {
  return { pod, ...(gracePeriodSecondsOverride === undefined ? {} : { gracePeriodSecondsOverride }) };
}

/** The pass is over: the next one comes when something happened meanwhile, to try again, or to look anew. */
function endPass(turn: Turn, next: 'Terminating' | 'Terminated' | undefined): void {
  const { pass, work } = turn.state.sync;
  setPass(turn, undefined);
  const { at } = turn;
  const soonest = after(at, turn.state.config.profile.relistMs);
  if (next) return changeSync(turn, { work: next, endedAt: at, dueAt: soonest });
  const wanted = pass && pass.wantedAt !== NEVER ? (Math.max(pass.wantedAt, soonest) as Instant) : NEVER;
  const again = work === 'Sync' ? requeuedAt(turn, pass?.retryAt ?? NEVER) : NEVER;
  changeSync(turn, { endedAt: at, dueAt: Math.min(wanted, again) as Instant });
}

/**
 * When the worker looks again by itself. A refused or failed start is retried at its exact expiry since 1.35 (but not
 * later than a resync), before that every 10 s.
 *
 * Source: pod_workers.go `completeWork`.
 */
function requeuedAt(turn: Turn, retryAt: Instant): Instant {
  const { at } = turn;
  if (retryAt === NEVER) return after(at, RESYNC_MS * jitter(turn));
  if (minorOf(turn.state.config) < 35) return after(at, RETRY_MS * jitter(turn));
  return after(at, Math.min(Math.max(retryAt - at, 0), RESYNC_MS) * jitter(turn));
}

function setPass(turn: Turn, pass: Pass | undefined): void {
  const { pass: _, ...rest } = turn.state.sync;
  change(turn, { sync: pass ? { ...rest, pass } : rest });
}

/** Whether some container may still run, as far as the runtime's news tell. */
function couldRun(turn: Turn): boolean {
  return turn.state.runtime.instances.some(({ state }) => state === 'running' || state === 'unknown');
}

function generateStatus(turn: Turn, podIsTerminal: boolean): PodStatus {
  const { pod, runtime, status, backOff, config, workers, results, kubeletStartedAt } = turn.state;
  const pokes: string[] = [];
  const view = {
    results,
    config,
    kubeletStartedAt,
    before: [...status.containerStatuses, ...status.initContainerStatuses],
    hasWorker: (name: string, type: string) =>
      workers.some((worker) => worker.container.name === name && worker.type === type),
  };
  const containers = [...pod.spec.initContainers, ...pod.spec.containers];
  const next = generateAPIPodStatus(
    {
      pod,
      runtime,
      old: status,
      startErrors: backOff.startErrors,
      // Up to 1.26 a deleted pod was removed in whatever phase it had.
      podIsTerminal: podIsTerminal && minorOf(config) >= 27,
      pastActiveDeadline: turn.at >= activeDeadlineAt(turn.state),
      config,
      updateStatus: (each, isInit) => {
        const container = containers.find(({ name }) => name === each.name);
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
