import { goDuration } from '../../clock/goDuration';
import { after, type Instant } from '../../clock/instant';
import type { Container } from '../../manifest/model';
import { isSidecar } from '../../manifest/model';
import { RETRY } from '../../timing/rules';
import { command, recordEvent } from '../effects/effects';
import { changeBackOff, type Turn } from '../effects/turn';
import { onImageInspected, onImagePulled, onImagePullFailed, refuseImageName } from '../images/imageManager';
import { beginHook, endHook, hookIsOver } from '../lifecycle/handlers';
import { crashLoopLimits, doBackOff } from '../state/backOff';
import type { Pass, Starting } from '../state/pass';
import type { StartError } from '../state/podState';
import type { HookOutcome, News } from '../state/protocol';
import { instanceById, type RuntimeState } from '../state/runtimeState';
import { advanceKill, beginKill, enforceGrace, onPreStopAnswered } from './killContainer';

/** What has become of a start: still under way, done, or failed with what the status will show. */
export type StartStep =
  | { readonly kind: 'Doing'; readonly doing: Starting }
  | { readonly kind: 'Started' }
  | { readonly kind: 'Failed'; readonly retryAt: Instant; readonly sidecar: boolean };

/**
 * Begins to start a container, unless crash-loop back-off refuses it.
 *
 * Source: kuberuntime_manager.go `SyncPod` (start), `doBackOff`; kuberuntime_container.go `startContainer`.
 */
export function beginStart(turn: Turn, pass: Pass, container: Container, init: boolean): StartStep {
  const refused = refusedByBackOff(turn, pass.snapshot, container);
  if (refused) return refused;
  const doing: Starting = { kind: 'StartContainer', container, init, stage: 'inspect' };
  const error = refuseImageName(turn, container);
  if (error) return imageFailed(turn, doing, error);
  command(turn, { kind: 'InspectImage', container: container.name, image: container.image });
  return { kind: 'Doing', doing };
}

function refusedByBackOff(turn: Turn, snapshot: RuntimeState, container: Container): StartStep | undefined {
  const { config, behavior, backOff, pod } = turn.state;
  const key = backOffKey(container);
  const exited = snapshot.instances.find(({ name, state }) => name === container.name && state === 'exited');
  const decision = doBackOff(backOff.restarts[key], exited?.finishedAt, turn.at, crashLoopLimits(config, behavior));
  if (decision.kind === 'Start') {
    if (decision.backOff) changeBackOff(turn, { restarts: { ...backOff.restarts, [key]: decision.backOff } });
    return undefined;
  }
  const { name, namespace, uid } = pod.metadata;
  const podRef = `${name}_${namespace}(${uid})`;
  const text = `Back-off restarting failed container${behavior.backOffNamesPod ? ` ${container.name} in pod ${podRef}` : ''}`;
  recordEvent(turn, 'BackOff', text, { container, delayMs: decision.delayMs });
  const message = `back-off ${goDuration(decision.delayMs)} restarting failed container=${container.name} pod=${podRef}`;
  return failed(turn, container, { reason: 'CrashLoopBackOff', message }, decision.until);
}

/** Another image starts the back-off afresh. Source: kuberuntime/helpers.go `GetBackoffKey`. */
function backOffKey(container: Container): string {
  return `${container.name}:${container.image}`;
}

/** Moves a start on with news that concern it; others leave it as it is. */
export function onStartNews(turn: Turn, pass: Pass, doing: Starting, seen: News): StartStep {
  switch (seen.kind) {
    case 'ImageInspected':
      if (doing.stage !== 'inspect' || seen.container !== doing.container.name) break;
      return afterInspection(turn, doing, seen.present);
    case 'ImagePulled':
      if (doing.stage !== 'pull' || seen.container !== doing.container.name) break;
      onImagePulled(turn, doing.container, seen);
      return create(turn, doing);
    case 'ImagePullFailed':
      if ((doing.stage !== 'pull' && doing.stage !== 'inspect') || seen.container !== doing.container.name) break;
      return imageFailed(turn, doing, onImagePullFailed(turn, doing.container, seen));
    case 'ContainerCreated':
      if (doing.stage !== 'create' || seen.container !== doing.container.name) break;
      return created(turn, doing, seen.id);
    case 'ContainerCreateFailed':
      if (doing.stage !== 'create' || seen.container !== doing.container.name) break;
      recordEvent(turn, 'Failed', `Error: ${seen.message}`, { container: doing.container });
      return failed(turn, doing.container, seen);
    case 'ContainerStarted':
      if (doing.stage !== 'start' || seen.id !== doing.id) break;
      return started(turn, doing);
    case 'ContainerStartFailed':
      if (doing.stage !== 'start' || seen.id !== doing.id) break;
      recordEvent(turn, 'Failed', `Error: ${seen.message}`, { container: doing.container });
      return failed(turn, doing.container, { reason: 'RunContainerError', message: seen.message });
    case 'HookAnswered':
      return onHookAnswered(turn, pass, doing, seen.run, seen.outcome);
    default:
      break;
  }
  return advanceStart(turn, pass, doing);
}

/** Moves a start on as far as time alone does: a sleeping hook, the grace of a container whose postStart failed. */
export function advanceStart(turn: Turn, pass: Pass, doing: Starting): StartStep {
  if (doing.stage === 'postStart' && doing.hook && hookIsOver(doing.hook, turn.at)) {
    endHook(turn, doing.container, 'postStart', doing.hook, { failed: false });
    return succeeded(turn, doing);
  }
  if (doing.stage !== 'killing' || !doing.kill) return { kind: 'Doing', doing };
  const alone = { kind: 'KillContainers', kills: [], wholePod: false } as const;
  let { kill } = doing;
  for (let before: typeof kill | undefined; before !== kill; ) {
    before = kill;
    kill = enforceGrace(turn, advanceKill(turn, kill, alone, { pod: pass.pod }));
  }
  return kill.stage === 'done'
    ? { kind: 'Failed', retryAt: after(turn.at, RETRY.everyMs), sidecar: isSidecar(doing.container) }
    : { kind: 'Doing', doing: { ...doing, kill } };
}

function afterInspection(turn: Turn, doing: Starting, present: boolean): StartStep {
  const step = onImageInspected(turn, doing.container, present);
  if (step.kind === 'Present') return create(turn, doing);
  if (step.kind === 'Pulling') return { kind: 'Doing', doing: { ...doing, stage: 'pull' } };
  return imageFailed(turn, doing, step.error);
}

/** An image in back-off says nothing about when to try again. Source: images/image_manager.go `EnsureImageExists`. */
function imageFailed(turn: Turn, doing: Starting, error: StartError): StartStep {
  recordEvent(turn, 'Failed', `Error: ${error.reason}`, { container: doing.container });
  return failed(turn, doing.container, error);
}

function create(turn: Turn, doing: Starting): StartStep {
  const attempt = turn.state.runtime.created[doing.container.name] ?? 0;
  command(turn, { kind: 'CreateContainer', container: doing.container, attempt });
  return { kind: 'Doing', doing: { ...doing, stage: 'create' } };
}

function created(turn: Turn, doing: Starting, id: string): StartStep {
  const { container } = doing;
  const attempt = instanceById(turn.state.runtime, id)?.restartCount ?? 0;
  recordEvent(turn, 'Created', textOf(turn, 'Created', container), { container, attempt });
  command(turn, { kind: 'StartContainer', id });
  return { kind: 'Doing', doing: { ...doing, stage: 'start', id } };
}

function started(turn: Turn, doing: Starting): StartStep {
  const { container } = doing;
  const id = doing.id as string;
  const attempt = instanceById(turn.state.runtime, id)?.restartCount ?? 0;
  recordEvent(turn, 'Started', textOf(turn, 'Started', container), { container, attempt });
  const handler = container.lifecycle?.postStart;
  if (!handler) return succeeded(turn, doing);
  const hook = beginHook(turn, container, id, 'postStart', handler);
  return { kind: 'Doing', doing: { ...doing, stage: 'postStart', hook } };
}

function textOf(turn: Turn, kind: 'Created' | 'Started', { name }: Container): string {
  const { startTextsBeginWithContainer, createdTextHasColon } = turn.state.behavior;
  if (startTextsBeginWithContainer) return kind === 'Created' ? 'Container created' : 'Container started';
  if (kind === 'Started') return `Started container ${name}`;
  return createdTextHasColon ? `Created container: ${name}` : `Created container ${name}`;
}

function onHookAnswered(turn: Turn, pass: Pass, doing: Starting, run: number, outcome: HookOutcome): StartStep {
  if (doing.stage === 'killing' && doing.kill?.hook?.run === run) {
    const kill = onPreStopAnswered(turn, doing.kill, outcome, { pod: pass.pod });
    return advanceStart(turn, pass, { ...doing, kill });
  }
  if (doing.stage !== 'postStart' || doing.hook?.run !== run) return { kind: 'Doing', doing };
  endHook(turn, doing.container, 'postStart', doing.hook, outcome);
  if (!outcome.failed) return succeeded(turn, doing);

  // The container is killed as any other: its preStop hook runs, and the pod's grace holds.
  failed(turn, doing.container, { reason: 'PostStartHookError', message: outcome.message });
  const order = {
    id: doing.id as string,
    container: doing.container,
    message: 'FailedPostStartHook',
    reason: 'unknown',
  } as const;
  const kill = beginKill(turn, order, { pod: pass.pod });
  return advanceStart(turn, pass, { ...doing, stage: 'killing', kill });
}

function succeeded(turn: Turn, { container }: Starting): StartStep {
  const { [container.name]: _, ...startErrors } = turn.state.backOff.startErrors;
  changeBackOff(turn, { startErrors });
  return { kind: 'Started' };
}

function failed(turn: Turn, container: Container, { reason, message }: StartError, retryAt?: Instant): StartStep {
  const { startErrors } = turn.state.backOff;
  changeBackOff(turn, { startErrors: { ...startErrors, [container.name]: { reason, message } } });
  return { kind: 'Failed', retryAt: retryAt ?? after(turn.at, RETRY.everyMs), sidecar: isSidecar(container) };
}
