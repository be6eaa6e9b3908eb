import { after, type Instant } from '../../clock/instant';
import type { Container, LifecycleHandler } from '../../manifest/model';
import type { HookType } from '../../timeline/event';
import { command, drawRun, emit, recordEvent } from '../effects/effects';
import { change, type Turn } from '../effects/turn';
import type { RunningHook } from '../state/pass';
import type { HookOutcome } from '../state/protocol';

/**
 * Begins a lifecycle hook. A sleep is a timer of the kubelet's own; everything else is somebody's answer to wait for.
 *
 * Source: lifecycle/handlers.go `Run`.
 */
export function beginHook(
  turn: Turn,
  container: Container,
  id: string,
  hook: HookType,
  handler: LifecycleHandler,
): RunningHook {
  emit(turn, { source: 'runtime', kind: 'HookStarted', at: turn.at, container: container.name, hook });
  const run = drawRun(turn);
  if (handler.sleep) {
    return { run, startedAt: turn.at, sleepsUntil: after(turn.at, handler.sleep.seconds * 1000) };
  }
  const podIP = turn.state.runtime.sandbox?.podIP ?? '';
  command(turn, { kind: 'RunHook', run, id, container, hook, handler, podIP });
  return { run, startedAt: turn.at };
}

export function hookIsOver(hook: RunningHook, at: Instant): boolean {
  return hook.sleepsUntil !== undefined && at >= hook.sleepsUntil;
}

/** Tells how a hook ended, with the kubelet's event where it failed. */
export function endHook(
  turn: Turn,
  container: Container,
  hook: HookType,
  run: RunningHook,
  outcome: HookOutcome,
): void {
  emit(turn, {
    source: 'runtime',
    kind: 'HookFinished',
    at: turn.at,
    container: container.name,
    hook,
    failed: outcome.failed,
    ...(outcome.failed ? { message: outcome.message } : {}),
    tookMs: turn.at - run.startedAt,
  });
  if (outcome.failed) recordFailure(turn, container, hook, outcome.message);
  else if (outcome.fallback !== undefined) recordEvent(turn, 'LifecycleHTTPFallback', outcome.fallback);
}

function recordFailure(turn: Turn, container: Container, hook: HookType, message: string): void {
  const reason = hook === 'postStart' ? 'FailedPostStartHook' : 'FailedPreStopHook';
  recordEvent(turn, reason, failureText(turn, hook, message), { container });
}

/**
 * Goes on without a preStop hook that has outlived the grace period. It ends with its container at the latest.
 *
 * Source: kuberuntime_container.go `executePreStopHook`.
 */
export function leaveRunning(turn: Turn, container: Container, { run, sleepsUntil }: RunningHook): void {
  // A sleep does not end with the container, and succeeds.
  if (sleepsUntil === undefined) turn.lateHooks.push({ run, container });
}

/** A hook has answered that the kubelet no longer waits for: its failure has an event all the same. */
export function endLateHook(turn: Turn, run: number, outcome: HookOutcome): void {
  const late = turn.state.lateHooks.find((each) => each.run === run);
  if (!late) return;
  change(turn, { lateHooks: turn.state.lateHooks.filter((each) => each !== late) });
  if (outcome.failed) recordFailure(turn, late.container, 'preStop', outcome.message);
}

function failureText(turn: Turn, hook: HookType, message: string): string {
  if (!turn.state.behavior.shortHookText) return message;
  return hook === 'postStart' ? 'PostStartHook failed' : 'PreStopHook failed';
}
