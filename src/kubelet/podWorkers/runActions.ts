import { after, type Instant, NEVER } from '../../clock/instant';
import type { PodStatus } from '../../timeline/podStatus';
import { RETRY } from '../../timing/rules';
import type { Behavior } from '../behavior/behavior';
import type { KubeletConfig } from '../behavior/config';
import { command, type Effects, recordEvent } from '../effects/effects';
import { reportAtSync } from '../images/missingPullSecrets';
import { advanceKill, beginKill, enforceGrace, onPreStopAnswered } from '../kuberuntime/killContainer';
import { advanceStart, beginStart, onStartNews, type StartStep, type StartView } from '../kuberuntime/startContainer';
import type { BackOffState } from '../state/backOffState';
import type { Action, Doing, Killing, Pass } from '../state/pass';
import type { FailedStart, News } from '../state/protocol';
import type { RuntimeState } from '../state/runtimeState';
import type { SyncedPod } from '../state/syncedPod';
import { transition } from '../status/generate';
import { publish } from '../status/publish';

/** Source: exponential_backoff.go `initialDurationBeforeRetry`, `maxDurationBeforeRetry`. */
const MOUNT_MS = 500;
const MOUNT_MAX_MS = 122_000;

/** State that the actions of a pass change. */
export interface ActionState {
  readonly pass: Pass;
  readonly backOff: BackOffState;
  readonly status: PodStatus;
}

export interface ActionView {
  readonly pod: SyncedPod;
  readonly runtime: RuntimeState;
  readonly config: KubeletConfig;
  readonly behavior: Behavior;
}

/**
 * Does what is left of the pass, one thing after another, until something has to be waited for or nothing is left. `seen`
 * is news that may concern what is being done.
 */
export function runActions(state: ActionState, seen: News | undefined, view: ActionView, out: Effects): ActionState {
  const { doing } = state.pass;
  let current = doing ? settle(state, continueDoing(state, doing, seen, view, out)) : state;
  while (!current.pass.doing) {
    const [action, ...todo] = current.pass.todo;
    if (!action) return current;
    const next = { ...current, pass: { ...current.pass, todo } };
    current = settle(next, begin(next, action, view, out));
  }
  return current;
}

/** Result of an action: something to wait for, or over and whether the following actions still make sense. */
type ActionResult = Partial<Pick<ActionState, 'backOff' | 'status'>> &
  (
    | { readonly doing: Doing }
    | { readonly over: true; readonly retryAt?: Instant; readonly abort?: boolean; readonly pullFailed?: boolean }
  );

const OVER = { over: true } as const;

function settle(state: ActionState, result: ActionResult): ActionState {
  const { backOff = state.backOff, status = state.status } = result;
  const { doing: _, ...rest } = state.pass;
  if ('doing' in result) return { pass: { ...rest, doing: result.doing }, backOff, status };
  const retryAt = Math.min(rest.retryAt, result.retryAt ?? NEVER) as Instant;
  const pullFailed = rest.pullFailed || result.pullFailed;
  const todo = result.abort ? [] : rest.todo;
  return { pass: { ...rest, retryAt, todo, ...(pullFailed && { pullFailed }) }, backOff, status };
}

function begin({ pass, backOff }: ActionState, action: Action, view: ActionView, out: Effects): ActionResult {
  switch (action.kind) {
    case 'KillContainers': {
      const { wholePod, gracePeriodSecondsOverride: override } = action;
      const killView = viewOf(view, pass, override);
      const kills = action.orders.map((order) => beginKill(order, killView, out));
      const killing = { kind: 'KillContainers', kills, wholePod } as const;
      return continueKilling(
        override === undefined ? killing : { ...killing, gracePeriodSecondsOverride: override },
        killView,
        out,
      );
    }
    case 'StopSandbox': {
      const { sandbox } = view.runtime;
      if (!sandbox?.ready) return OVER;
      command(out, { kind: 'StopSandbox', id: sandbox.id });
      return { doing: { kind: 'StopSandbox' } };
    }
    case 'RemoveContainers':
      for (const id of action.ids) command(out, { kind: 'RemoveContainer', id });
      return action.ids.length === 0 ? OVER : { doing: { kind: 'RemoveContainers', ids: action.ids } };
    case 'CreateSandbox':
      command(out, { kind: 'CreateSandbox', attempt: action.attempt });
      return { doing: { kind: 'CreateSandbox' } };
    case 'StartContainer': {
      const { container, init } = action;
      return fromStart(init, beginStart(backOff, container, init, viewOf(view, pass), out));
    }
  }
}

function continueDoing(
  state: ActionState,
  doing: Doing,
  seen: News | undefined,
  view: ActionView,
  out: Effects,
): ActionResult {
  const { pass, backOff } = state;
  const { sandbox, instances } = view.runtime;
  switch (doing.kind) {
    case 'KillContainers': {
      const killView = viewOf(view, pass, doing.gracePeriodSecondsOverride);
      if (seen?.kind !== 'HookAnswered') return continueKilling(doing, killView, out);
      const kills = doing.kills.map((kill) =>
        kill.hook?.run === seen.run ? onPreStopAnswered(kill, seen.outcome, killView, out) : kill,
      );
      return continueKilling({ ...doing, kills }, killView, out);
    }
    case 'StopSandbox':
      return sandbox?.ready ? { doing } : OVER;
    case 'RemoveContainers':
      return doing.ids.some((id) => instances.some((instance) => instance.id === id)) ? { doing } : OVER;
    case 'CreateSandbox':
      return continueCreatingSandbox(state, doing, seen, view, out);
    case 'StartContainer': {
      const startView = viewOf(view, pass);
      const step = seen
        ? onStartNews(backOff, doing, seen, startView, out)
        : advanceStart(backOff, doing, startView, out);
      return fromStart(doing.init, step);
    }
  }
}

function continueCreatingSandbox(
  { backOff, status }: ActionState,
  doing: Doing,
  seen: News | undefined,
  view: ActionView,
  out: Effects,
): ActionResult {
  switch (seen?.kind) {
    case 'SandboxFailed':
      reportAtSync(view, out);
      recordEvent(out, 'FailedCreatePodSandBox', `Failed to create pod sandbox: ${seen.message}`);
      return { over: true, abort: true, retryAt: after(out.at, RETRY.everyMs) };
    case 'VolumesNotMounted':
      return notMounted(backOff, seen.volumes, out);
    case 'SandboxStarted':
      reportAtSync(view, out);
      return { over: true, backOff: { ...backOff, mountFailures: 0 }, status: withReadySandbox(status, view, out) };
    default:
      return { doing };
  }
}

/** Shows in the API that the sandbox is ready, before any image is pulled. Source: kubelet.go `OnPodSandboxReady`. */
function withReadySandbox(status: PodStatus, { behavior, pod }: ActionView, out: Effects): PodStatus {
  if (!behavior.publishesReadySandbox) return status;
  const conditions = status.conditions.map((condition) =>
    condition.type === 'PodReadyToStartContainers'
      ? transition(condition.type, { status: 'True' }, status.conditions, out.at)
      : condition,
  );
  return publish(status, { ...status, conditions }, pod, out);
}

/**
 * Delays the pass: no container is made before every volume is there, and each try comes twice as long after the one
 * before.
 *
 * Source: goroutinemap/exponentialbackoff; operation_generator.go `GenerateMountVolumeFunc`.
 */
function notMounted(backOff: BackOffState, volumes: readonly FailedStart[], out: Effects): ActionResult {
  const { mountFailures } = backOff;
  for (const { message, failure } of volumes) recordEvent(out, 'FailedMount', message, { failure });
  const retryAt = after(out.at, Math.min(MOUNT_MS * 2 ** mountFailures, MOUNT_MAX_MS));
  return { over: true, abort: true, retryAt, backOff: { ...backOff, mountFailures: mountFailures + 1 } };
}

/**
 * Returns the result of a start. A failed sidecar or regular container leaves the others their turn; a failed init
 * container does not.
 */
function fromStart(init: boolean, step: StartStep): ActionResult {
  const { backOff } = step;
  if (step.kind === 'Doing') return { doing: step.doing, backOff };
  if (step.kind === 'Started') return { over: true, backOff };
  const { retryAt, sidecar, pullFailed } = step;
  return { over: true, retryAt, abort: init && !sidecar, pullFailed, backOff };
}

function continueKilling(killing: Killing, view: StartView, out: Effects): ActionResult {
  let current = killing;
  for (let before: Killing | undefined; before !== current; ) {
    before = current;
    const kills = current.kills.map((kill) => enforceGrace(advanceKill(kill, current, view, out), view, out));
    if (kills.some((kill, index) => kill !== current.kills[index])) current = { ...current, kills };
  }
  return current.kills.every(({ stage }) => stage === 'done') ? OVER : { doing: current };
}

/** Returns the view of starts and kills: the pod and the snapshot of the pass, and the runtime as it is. */
function viewOf(
  { runtime, config, behavior }: ActionView,
  { pod, snapshot }: Pass,
  gracePeriodSecondsOverride?: number,
): StartView {
  const view = { pod, snapshot, runtime, config, behavior };
  return gracePeriodSecondsOverride === undefined ? view : { ...view, gracePeriodSecondsOverride };
}
