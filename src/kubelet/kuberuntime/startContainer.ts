import { goDuration } from '../../clock/goDuration';
import { after, type Instant } from '../../clock/instant';
import type { Container } from '../../manifest/model';
import { isSidecar } from '../../manifest/model';
import { RETRY } from '../../timing/rules';
import type { Behavior } from '../behavior/behavior';
import type { KubeletConfig } from '../behavior/config';
import { command, type Effects, recordEvent } from '../effects/effects';
import { onImageInspected, onImagePulled, onImagePullFailed, refuseImageName } from '../images/imageManager';
import { beginHook, endHook, hookIsOver } from '../lifecycle/handlers';
import { crashLoopLimits, doBackOff } from '../state/backOff';
import type { BackOffState, StartError } from '../state/backOffState';
import type { Starting } from '../state/pass';
import type { News } from '../state/protocol';
import { instanceById, type RuntimeState } from '../state/runtimeState';
import { advanceKill, beginKill, enforceGrace, type KillView, onPreStopAnswered } from './killContainer';

export interface StartView extends KillView {
  readonly config: KubeletConfig;
  /** The runtime at the beginning of the pass. Back-off looks at this. */
  readonly snapshot: RuntimeState;
}

/** State of a start, with the back-off after it: still under way, done, or failed with the status to show. */
export type StartStep = { readonly backOff: BackOffState } & (
  | { readonly kind: 'Doing'; readonly doing: Starting }
  | { readonly kind: 'Started' }
  | {
      readonly kind: 'Failed';
      readonly retryAt: Instant;
      readonly sidecar: boolean;
      /** True if a pull failed, rather than anything else. */
      readonly pullFailed: boolean;
    }
);

/**
 * Begins to start a container, unless crash-loop back-off refuses it.
 *
 * Source: kuberuntime_manager.go `SyncPod` (start), `doBackOff`; kuberuntime_container.go `startContainer`.
 */
export function beginStart(
  backOff: BackOffState,
  container: Container,
  init: boolean,
  view: StartView,
  out: Effects,
): StartStep {
  const { config, behavior, snapshot } = view;
  const key = backOffKey(container);
  const exited = snapshot.instances.find(({ name, state }) => name === container.name && state === 'exited');
  const limits = crashLoopLimits(config, behavior);
  const decision = doBackOff(backOff.restarts[key], exited?.finishedAt, out.at, limits);
  if (decision.kind === 'Wait') return stopBeforeCreation(backOff, container, decision, view, out);
  const restarts = decision.backOff ? { ...backOff.restarts, [key]: decision.backOff } : backOff.restarts;
  const begun = { ...backOff, restarts };
  const error = refuseImageName(container, behavior, out);
  if (error) return imageFailed(begun, container, error, out);
  command(out, { kind: 'InspectImage', container: container.name, image: container.image });
  return { kind: 'Doing', backOff: begun, doing: { kind: 'StartContainer', container, init, stage: 'inspect' } };
}

/**
 * Returns the key of a container's back-off: another image starts a new one.
 * Source: kuberuntime/helpers.go `GetBackoffKey`.
 */
function backOffKey(container: Container): string {
  return `${container.name}:${container.image}`;
}

function stopBeforeCreation(
  backOff: BackOffState,
  container: Container,
  { until, delayMs }: { readonly until: Instant; readonly delayMs: number },
  { pod, behavior }: StartView,
  out: Effects,
): StartStep {
  const { name, namespace, uid } = pod.metadata;
  const podRef = `${name}_${namespace}(${uid})`;
  const text = `Back-off restarting failed container${behavior.backOffNamesPod ? ` ${container.name} in pod ${podRef}` : ''}`;
  recordEvent(out, 'BackOff', text, { container, delayed: 'start', delayMs });
  const message = `back-off ${goDuration(delayMs)} restarting failed container=${container.name} pod=${podRef}`;
  return { ...failStart(backOff, container, { reason: 'CrashLoopBackOff', message }, out), retryAt: until };
}

/** Moves a start on with news that concern it; others leave it as it is. */
export function onStartNews(
  backOff: BackOffState,
  doing: Starting,
  seen: News,
  view: StartView,
  out: Effects,
): StartStep {
  const { container, stage } = doing;
  switch (seen.kind) {
    case 'ImageInspected':
      if (stage !== 'inspect' || seen.container !== container.name) break;
      return afterInspection(backOff, doing, seen.present, view, out);
    case 'ImagePulled':
      if (stage !== 'pull' || seen.container !== container.name) break;
      return create(onImagePulled(backOff, container, seen, view.behavior, out), doing, view, out);
    case 'ImagePullFailed': {
      if ((stage !== 'pull' && stage !== 'inspect') || seen.container !== container.name) break;
      const pulled = onImagePullFailed(backOff, container, seen, out);
      return imageFailed(pulled.backOff, container, pulled.error, out);
    }
    case 'ContainerCreated':
      if (stage !== 'create' || seen.container !== container.name) break;
      return continueAfterCreate(backOff, doing, seen.id, view, out);
    case 'ContainerCreateFailed':
      if (stage !== 'create' || seen.container !== container.name) break;
      recordEvent(out, 'Failed', `Error: ${seen.message}`, { container, failure: seen.failure });
      return failStart(backOff, container, seen, out);
    case 'ContainerStarted':
      if (stage !== 'start' || seen.id !== doing.id) break;
      return continueAfterStart(backOff, doing, view, out);
    case 'ContainerStartFailed':
      if (stage !== 'start' || seen.id !== doing.id) break;
      recordEvent(out, 'Failed', `Error: ${seen.message}`, { container, failure: seen.failure });
      return failStart(backOff, container, { reason: 'RunContainerError', message: seen.message }, out);
    case 'HookAnswered':
      return onHookAnswered(backOff, doing, seen, view, out);
    default:
      break;
  }
  return advanceStart(backOff, doing, view, out);
}

/** Continues a start by time alone: a sleeping hook, the grace period of a container whose postStart failed. */
export function advanceStart(backOff: BackOffState, doing: Starting, view: StartView, out: Effects): StartStep {
  const { container } = doing;
  if (doing.stage === 'postStart' && doing.hook && hookIsOver(doing.hook, out.at)) {
    endHook({ container, hook: 'postStart' }, doing.hook, { failed: false }, view.behavior, out);
    return finishStart(backOff, doing);
  }
  if (doing.stage !== 'killing' || !doing.kill) return { kind: 'Doing', backOff, doing };
  const alone = { kind: 'KillContainers', kills: [], wholePod: false } as const;
  let { kill } = doing;
  for (let before: typeof kill | undefined; before !== kill; ) {
    before = kill;
    kill = enforceGrace(advanceKill(kill, alone, view, out), view, out);
  }
  if (kill.stage !== 'done') return { kind: 'Doing', backOff, doing: { ...doing, kill } };
  const retryAt = after(out.at, RETRY.everyMs);
  return { kind: 'Failed', backOff, retryAt, sidecar: isSidecar(container), pullFailed: false };
}

function afterInspection(
  backOff: BackOffState,
  doing: Starting,
  present: boolean,
  view: StartView,
  out: Effects,
): StartStep {
  const step = onImageInspected(backOff, doing.container, present, view.behavior, out);
  if (step.kind === 'Present') return create(backOff, doing, view, out);
  if (step.kind === 'Pulling') return { kind: 'Doing', backOff, doing: { ...doing, stage: 'pull' } };
  return imageFailed(backOff, doing.container, step.error, out);
}

/**
 * Handles an image that failed. One in back-off does not say when to try again.
 * Source: images/image_manager.go `EnsureImageExists`.
 */
function imageFailed(backOff: BackOffState, container: Container, error: StartError, out: Effects): StartStep {
  recordEvent(out, 'Failed', `Error: ${error.reason}`, { container, failure: error.failure });
  return failStart(backOff, container, error, out);
}

function create(backOff: BackOffState, doing: Starting, { runtime }: StartView, out: Effects): StartStep {
  const { container } = doing;
  command(out, { kind: 'CreateContainer', container, attempt: runtime.created[container.name] ?? 0 });
  return { kind: 'Doing', backOff, doing: { ...doing, stage: 'create' } };
}

function continueAfterCreate(
  backOff: BackOffState,
  doing: Starting,
  id: string,
  view: StartView,
  out: Effects,
): StartStep {
  const { container } = doing;
  const attempt = instanceById(view.runtime, id)?.restartCount ?? 0;
  recordEvent(out, 'Created', textOf('Created', container, view.behavior), { container, attempt });
  command(out, { kind: 'StartContainer', id });
  return { kind: 'Doing', backOff, doing: { ...doing, stage: 'start', id } };
}

function continueAfterStart(
  backOff: BackOffState,
  doing: Starting,
  { runtime, behavior }: StartView,
  out: Effects,
): StartStep {
  const { container } = doing;
  const id = doing.id as string;
  const attempt = instanceById(runtime, id)?.restartCount ?? 0;
  recordEvent(out, 'Started', textOf('Started', container, behavior), { container, attempt });
  const handler = container.lifecycle?.postStart;
  if (!handler) return finishStart(backOff, doing);
  const hook = beginHook({ id, container, hook: 'postStart', handler }, runtime, out);
  return { kind: 'Doing', backOff, doing: { ...doing, stage: 'postStart', hook } };
}

function textOf(kind: 'Created' | 'Started', { name }: Container, behavior: Behavior): string {
  if (behavior.startTextsBeginWithContainer) return kind === 'Created' ? 'Container created' : 'Container started';
  if (kind === 'Started') return `Started container ${name}`;
  return behavior.createdTextHasColon ? `Created container: ${name}` : `Created container ${name}`;
}

type HookAnswered = Extract<News, { readonly kind: 'HookAnswered' }>;

function onHookAnswered(
  backOff: BackOffState,
  doing: Starting,
  { run, outcome }: HookAnswered,
  view: StartView,
  out: Effects,
): StartStep {
  const { container } = doing;
  if (doing.stage === 'killing' && doing.kill?.hook?.run === run) {
    return advanceStart(backOff, { ...doing, kill: onPreStopAnswered(doing.kill, outcome, view, out) }, view, out);
  }
  if (doing.stage !== 'postStart' || doing.hook?.run !== run) return { kind: 'Doing', backOff, doing };
  endHook({ container, hook: 'postStart' }, doing.hook, outcome, view.behavior, out);
  if (!outcome.failed) return finishStart(backOff, doing);

  // Its preStop hook runs, and it gets the pod's grace period, as with every other kill.
  const shown = withStartError(backOff, container, { reason: 'PostStartHookError', message: outcome.message });
  const order = {
    id: doing.id as string,
    container,
    message: 'FailedPostStartHook',
    reason: 'unknown',
    cause: 'postStart',
  } as const;
  return advanceStart(shown, { ...doing, stage: 'killing', kill: beginKill(order, view, out) }, view, out);
}

function finishStart(backOff: BackOffState, { container }: Starting): StartStep {
  const { [container.name]: _, ...startErrors } = backOff.startErrors;
  return { kind: 'Started', backOff: { ...backOff, startErrors } };
}

function failStart(backOff: BackOffState, container: Container, error: StartError, out: Effects) {
  return {
    kind: 'Failed',
    backOff: withStartError(backOff, container, error),
    retryAt: after(out.at, RETRY.everyMs),
    sidecar: isSidecar(container),
    pullFailed: error.reason === 'ErrImagePull',
  } as const;
}

function withStartError(backOff: BackOffState, { name }: Container, { reason, message }: StartError): BackOffState {
  return { ...backOff, startErrors: { ...backOff.startErrors, [name]: { reason, message } } };
}
