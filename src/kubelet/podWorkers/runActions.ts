import { after, type Instant, NEVER } from '../../clock/instant';
import { RETRY } from '../../timing/rules';
import { command, recordEvent } from '../effects/effects';
import { change, changeBackOff, type Turn } from '../effects/turn';
import { reportAtSync } from '../images/missingPullSecrets';
import { advanceKill, beginKill, enforceGrace, onPreStopAnswered } from '../kuberuntime/killContainer';
import { advanceStart, beginStart, onStartNews, type StartStep, type StartView } from '../kuberuntime/startContainer';
import type { Action, Doing, Killing, Pass } from '../state/pass';
import type { News } from '../state/protocol';
import { publishReadySandbox } from './publishStatus';

/** Source: exponential_backoff.go `initialDurationBeforeRetry`, `maxDurationBeforeRetry`. */
const MOUNT_MS = 500;
const MOUNT_MAX_MS = 122_000;

/**
 * Does what is left of the pass, one thing after another, until something has to be waited for. `seen` is news that may
 * concern what is being done. Says whether everything is done.
 */
export function carryOut(turn: Turn, seen?: News): boolean {
  const { pass } = turn.state.sync;
  if (pass?.doing) settle(turn, pass, continueDoing(turn, pass, pass.doing, seen));
  for (;;) {
    const current = turn.state.sync.pass;
    if (!current || current.doing) return false;
    const [action, ...todo] = current.todo;
    if (!action) return true;
    const next = { ...current, todo };
    setPass(turn, next);
    settle(turn, next, begin(turn, next, action));
  }
}

/** What an action has come to: something to wait for, or over and whether what follows still makes sense. */
type ActionResult =
  | { readonly doing: Doing }
  | { readonly over: true; readonly retryAt?: Instant; readonly abort?: boolean; readonly pullFailed?: boolean };

const OVER: ActionResult = { over: true };

function settle(turn: Turn, pass: Pass, outcome: ActionResult): void {
  // What was done meanwhile may have asked for a sync, so the pass is read again.
  const current = turn.state.sync.pass ?? pass;
  const { doing: _, ...rest } = current;
  if ('doing' in outcome) return setPass(turn, { ...rest, doing: outcome.doing });
  const retryAt = Math.min(rest.retryAt, outcome.retryAt ?? NEVER) as Instant;
  const pullFailed = rest.pullFailed || outcome.pullFailed;
  setPass(turn, { ...rest, retryAt, todo: outcome.abort ? [] : rest.todo, ...(pullFailed && { pullFailed }) });
}

function begin(turn: Turn, pass: Pass, action: Action): ActionResult {
  switch (action.kind) {
    case 'KillContainers': {
      const view = viewOf(turn, pass, action.gracePeriodSecondsOverride);
      const kills = action.orders.map((order) => beginKill(order, view, turn));
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
    case 'StartContainer': {
      const { container, init } = action;
      return fromStart(turn, init, beginStart(turn.state.backOff, container, init, viewOf(turn, pass), turn));
    }
  }
}

function continueDoing(turn: Turn, pass: Pass, doing: Doing, seen: News | undefined): ActionResult {
  const { runtime } = turn.state;
  switch (doing.kind) {
    case 'KillContainers': {
      if (seen?.kind !== 'HookAnswered') return continueKilling(turn, pass, doing);
      const view = viewOf(turn, pass, doing.gracePeriodSecondsOverride);
      const kills = doing.kills.map((kill) =>
        kill.hook?.run === seen.run ? onPreStopAnswered(kill, seen.outcome, view, turn) : kill,
      );
      return continueKilling(turn, pass, { ...doing, kills });
    }
    case 'StopSandbox':
      return runtime.sandbox?.ready ? { doing } : OVER;
    case 'RemoveContainers':
      return doing.ids.some((id) => runtime.instances.some((instance) => instance.id === id)) ? { doing } : OVER;
    case 'CreateSandbox':
      if (seen?.kind === 'SandboxFailed') {
        reportAtSync(turn.state, turn);
        recordEvent(turn, 'FailedCreatePodSandBox', `Failed to create pod sandbox: ${seen.message}`);
        return { over: true, abort: true, retryAt: after(turn.at, RETRY.everyMs) };
      }
      if (seen?.kind === 'VolumesNotMounted') return notMounted(turn, seen.messages);
      if (seen?.kind !== 'SandboxStarted') return { doing };
      changeBackOff(turn, { mountFailures: 0 });
      reportAtSync(turn.state, turn);
      publishReadySandbox(turn);
      return OVER;
    case 'StartContainer': {
      const { backOff } = turn.state;
      const view = viewOf(turn, pass);
      const step = seen ? onStartNews(backOff, doing, seen, view, turn) : advanceStart(backOff, doing, view, turn);
      return fromStart(turn, doing.init, step);
    }
  }
}

/**
 * Nothing is made before every volume is there; each try comes twice as long after the one before.
 *
 * Source: goroutinemap/exponentialbackoff; operation_generator.go `GenerateMountVolumeFunc`.
 */
function notMounted(turn: Turn, messages: readonly string[]): ActionResult {
  const { mountFailures } = turn.state.backOff;
  for (const message of messages) recordEvent(turn, 'FailedMount', message);
  changeBackOff(turn, { mountFailures: mountFailures + 1 });
  return { over: true, abort: true, retryAt: after(turn.at, Math.min(MOUNT_MS * 2 ** mountFailures, MOUNT_MAX_MS)) };
}

/** A failed sidecar or regular container leaves the others their turn; a failed init container does not. */
function fromStart(turn: Turn, init: boolean, step: StartStep): ActionResult {
  change(turn, { backOff: step.backOff });
  if (step.kind === 'Doing') return { doing: step.doing };
  if (step.kind === 'Started') return OVER;
  const { retryAt, sidecar, pullFailed } = step;
  return { over: true, retryAt, abort: init && !sidecar, pullFailed };
}

function continueKilling(turn: Turn, pass: Pass, killing: Killing): ActionResult {
  const view = viewOf(turn, pass, killing.gracePeriodSecondsOverride);
  let current = killing;
  for (let before: Killing | undefined; before !== current; ) {
    before = current;
    const kills = current.kills.map((kill) => enforceGrace(advanceKill(kill, current, view, turn), view, turn));
    if (kills.some((kill, index) => kill !== current.kills[index])) current = { ...current, kills };
  }
  return current.kills.every(({ stage }) => stage === 'done') ? OVER : { doing: current };
}

/** What starts and kills look at: the pod and the snapshot of the pass, and the runtime as it is. */
function viewOf({ state }: Turn, { pod, snapshot }: Pass, gracePeriodSecondsOverride?: number): StartView {
  const { runtime, config, behavior } = state;
  const view = { pod, snapshot, runtime, config, behavior };
  return gracePeriodSecondsOverride === undefined ? view : { ...view, gracePeriodSecondsOverride };
}

export function setPass(turn: Turn, pass: Pass | undefined): void {
  const { pass: _, ...rest } = turn.state.sync;
  change(turn, { sync: pass ? { ...rest, pass } : rest });
}
