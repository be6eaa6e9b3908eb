import { after, type Instant } from '../clock/instant';
import type { Container, LifecycleHandler } from '../manifest/model';
import type { HookType } from '../timeline/event';
import type { HookRun } from './sync';
import { command, nextRun, record, type Turn, tell } from './turn';
import type { HookOutcome } from './words';

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
): HookRun {
  tell(turn, { source: 'runtime', kind: 'HookStarted', at: turn.at, container: container.name, hook });
  const run = nextRun(turn);
  if (handler.sleep) {
    return { run, startedAt: turn.at, sleepsUntil: after(turn.at, handler.sleep.seconds * 1000) };
  }
  const podIP = turn.state.runtime.sandbox?.podIP ?? '';
  command(turn, { kind: 'RunHook', run, id, container, hook, handler, podIP });
  return { run, startedAt: turn.at };
}

export function hookIsOver(hook: HookRun, at: Instant): boolean {
  return hook.sleepsUntil !== undefined && at >= hook.sleepsUntil;
}

/** Tells how a hook ended, with the kubelet's event where it failed. */
export function endHook(turn: Turn, container: Container, hook: HookType, run: HookRun, outcome: HookOutcome): void {
  tell(turn, {
    source: 'runtime',
    kind: 'HookFinished',
    at: turn.at,
    container: container.name,
    hook,
    failed: outcome.failed,
    ...(outcome.failed ? { message: outcome.message } : {}),
    tookMs: turn.at - run.startedAt,
  });
  if (outcome.failed) {
    const reason = hook === 'postStart' ? 'FailedPostStartHook' : 'FailedPreStopHook';
    record(turn, reason, failureText(turn, hook, outcome.message), { container });
  } else if (outcome.fallback !== undefined) {
    record(turn, 'LifecycleHTTPFallback', outcome.fallback);
  }
}

function failureText(turn: Turn, hook: HookType, message: string): string {
  if (!turn.state.behavior.shortHookText) return message;
  return hook === 'postStart' ? 'PostStartHook failed' : 'PreStopHook failed';
}
