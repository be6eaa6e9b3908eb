import { after, type Instant } from '../../clock/instant';
import type { Container, LifecycleHandler } from '../../manifest/model';
import type { HookType } from '../../timeline/event';
import type { Behavior } from '../behavior/behavior';
import { command, drawRun, type Effects, emit, recordEvent } from '../effects/effects';
import type { LateHook, RunningHook } from '../state/pass';
import type { HookOutcome } from '../state/protocol';
import type { RuntimeState } from '../state/runtimeState';

/** The hook of one container. */
export interface HookTarget {
  readonly container: Container;
  readonly id: string;
  readonly hook: HookType;
  readonly handler: LifecycleHandler;
}

/**
 * Begins a lifecycle hook. A sleep is a timer of the kubelet's own; any other hook waits for a response.
 *
 * Source: lifecycle/handlers.go `Run`.
 */
export function beginHook(target: HookTarget, { sandbox }: Pick<RuntimeState, 'sandbox'>, out: Effects): RunningHook {
  const { container, hook, handler } = target;
  emit(out, { source: 'runtime', kind: 'HookStarted', at: out.at, container: container.name, hook });
  const run = drawRun(out);
  if (handler.sleep) return { run, startedAt: out.at, sleepsUntil: after(out.at, handler.sleep.seconds * 1000) };
  command(out, { kind: 'RunHook', run, ...target, podIP: sandbox?.podIP ?? '' });
  return { run, startedAt: out.at };
}

export function hookIsOver(hook: RunningHook, at: Instant): boolean {
  return hook.sleepsUntil !== undefined && at >= hook.sleepsUntil;
}

/** Records the end of a hook, with the kubelet's event if it failed. */
export function endHook(
  { container, hook }: Pick<HookTarget, 'container' | 'hook'>,
  run: RunningHook,
  outcome: HookOutcome,
  behavior: Behavior,
  out: Effects,
): void {
  emit(out, {
    source: 'runtime',
    kind: 'HookFinished',
    at: out.at,
    container: container.name,
    hook,
    failed: outcome.failed,
    ...(outcome.failed ? { message: outcome.message } : {}),
    ...(outcome.failed && outcome.failure ? { failure: outcome.failure } : {}),
    tookMs: out.at - run.startedAt,
  });
  if (outcome.failed) recordFailure(container, hook, outcome.message, behavior, out);
  else if (outcome.fallback !== undefined) recordEvent(out, 'LifecycleHTTPFallback', outcome.fallback);
}

function recordFailure(
  container: Container,
  hook: HookType,
  message: string,
  { shortHookText }: Behavior,
  out: Effects,
): void {
  const reason = hook === 'postStart' ? 'FailedPostStartHook' : 'FailedPreStopHook';
  const short = hook === 'postStart' ? 'PostStartHook failed' : 'PreStopHook failed';
  recordEvent(out, reason, shortHookText ? short : message, { container });
}

/**
 * Goes on without a preStop hook that has outlived the grace period. It ends with its container at the latest.
 *
 * Source: kuberuntime_container.go `executePreStopHook`.
 */
export function leaveRunning(container: Container, { run, sleepsUntil }: RunningHook, out: Effects): void {
  // A sleep does not end with the container, and succeeds.
  if (sleepsUntil === undefined) out.lateHooks.push({ run, container });
}

/** Handles the response of a hook that the kubelet no longer waits for: its failure has an event anyway. */
export function endLateHook(
  lateHooks: readonly LateHook[],
  { run, outcome }: { readonly run: number; readonly outcome: HookOutcome },
  behavior: Behavior,
  out: Effects,
): readonly LateHook[] {
  const late = lateHooks.find((each) => each.run === run);
  if (!late) return lateHooks;
  if (outcome.failed) recordFailure(late.container, 'preStop', outcome.message, behavior, out);
  return lateHooks.filter((each) => each !== late);
}
