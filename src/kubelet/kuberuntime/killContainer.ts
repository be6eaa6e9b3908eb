import { after, type Instant } from '../../clock/instant';
import type { Container, PodSpec } from '../../manifest/model';
import { LEAST_GRACE_PERIOD_SECONDS } from '../../timing/rules';
import { effectiveGraceSeconds as ownGracePeriodSeconds, type StopReason } from '../../timing/stopTiming';
import type { Behavior } from '../behavior/behavior';
import { command, type Effects, emit, recordEvent } from '../effects/effects';
import { beginHook, endHook, hookIsOver, leaveRunning } from '../lifecycle/handlers';
import type { Kill, Killing, KillOrder, KillReason } from '../state/pass';
import type { HookOutcome } from '../state/protocol';
import { instanceById, type RuntimeState } from '../state/runtimeState';
import type { Deletion, SyncedPod } from '../state/syncedPod';
import { isItsTurn } from './terminationOrder';

const STOPPED_BY: Readonly<Record<KillReason, StopReason>> = {
  livenessProbe: 'liveness',
  startupProbe: 'startup',
  unknown: 'other',
};

export interface KillView {
  /** The pod as the pass under way knows it. */
  readonly pod: SyncedPod;
  readonly runtime: RuntimeState;
  readonly behavior: Behavior;
  readonly gracePeriodSecondsOverride?: number;
}

/**
 * Begins to kill a container: its event, then its preStop hook, its turn, its stop signal, SIGKILL. The time of a hook
 * and of waiting is deducted from the grace period in whole seconds; 2s are always left.
 *
 * Source: kuberuntime_container.go `killContainer`.
 */
export function beginKill(order: KillOrder, view: KillView, out: Effects): Kill {
  const { pod, gracePeriodSecondsOverride: override } = view;
  const { id, container } = order;
  const grace = gracePeriodSeconds(pod.spec, pod.deletion, container, order.reason, override);
  const probe = PROBE_OF[order.reason];
  recordEvent(out, 'Killing', order.message || `Stopping container ${container.name}`, {
    container,
    ...(probe === undefined ? {} : { probe }),
    ...(order.cause === undefined ? {} : { cause: order.cause }),
  });
  const kill: Kill = { ...order, stage: 'preStop', since: out.at, until: out.at, graceSeconds: grace };
  const handler = container.lifecycle?.preStop;
  if (!handler || grace <= 0) return afterPreStop(kill, grace, view, out);
  const hook = beginHook({ id, container, hook: 'preStop', handler }, view.runtime, out);
  return { ...kill, hook, until: after(out.at, grace * 1000) };
}

const PROBE_OF = { livenessProbe: 'liveness', startupProbe: 'startup', unknown: undefined } as const;

/** Moves a kill on as far as it goes at this instant. `killing` are all the kills under way, for whose turn it is. */
export function advanceKill(kill: Kill, killing: Killing, view: KillView, out: Effects): Kill {
  const left = leftOf(kill, out.at);
  switch (kill.stage) {
    case 'preStop': {
      if (kill.hook && hookIsOver(kill.hook, out.at)) return endPreStop(kill, { failed: false }, view, out);
      if (out.at < kill.until) return kill;
      if (kill.hook) leaveRunning(kill.container, kill.hook, out);
      return afterPreStop(kill, left, view, out);
    }
    case 'waitingForTurn':
      return isItsTurn(kill, killing, view.pod.spec, view.behavior) || out.at >= kill.until
        ? stop(kill, left, view, out)
        : kill;
    case 'stopping':
      return isGone(view.runtime, kill.id) ? { ...kill, stage: 'done' } : kill;
    default:
      return kill;
  }
}

/** Sends SIGKILL at the end of the grace period. */
export function enforceGrace(kill: Kill, { runtime }: Pick<KillView, 'runtime'>, out: Effects): Kill {
  if (kill.stage !== 'stopping' || out.at < kill.until || isGone(runtime, kill.id)) return kill;
  command(out, { kind: 'SignalContainer', id: kill.id, signal: 'SIGKILL' });
  emit(out, { source: 'runtime', kind: 'SignalSent', at: out.at, container: kill.container.name, signal: 'SIGKILL' });
  return { ...kill, until: Number.POSITIVE_INFINITY as Instant };
}

/** Handles the result of a preStop hook. */
export function onPreStopAnswered(kill: Kill, outcome: HookOutcome, view: KillView, out: Effects): Kill {
  return kill.stage === 'preStop' ? endPreStop(kill, outcome, view, out) : kill;
}

function endPreStop(kill: Kill, outcome: HookOutcome, view: KillView, out: Effects): Kill {
  if (kill.hook) endHook({ container: kill.container, hook: 'preStop' }, kill.hook, outcome, view.behavior, out);
  return afterPreStop(kill, leftOf(kill, out.at), view, out);
}

function afterPreStop(kill: Kill, left: number, view: KillView, out: Effects): Kill {
  const { gracePeriodSecondsOverride: override, behavior } = view;
  const grace = !behavior.hookCountsAgainstPodGracePeriod && override !== undefined ? override : left;
  const waiting: Kill = {
    ...kill,
    stage: 'waitingForTurn',
    since: out.at,
    until: after(out.at, grace * 1000),
    graceSeconds: grace,
  };
  return grace > 0 ? waiting : stop(waiting, grace, view, out);
}

function stop(kill: Kill, left: number, { runtime }: Pick<KillView, 'runtime'>, out: Effects): Kill {
  const { id, container } = kill;
  if (isGone(runtime, id)) return { ...kill, stage: 'done' };
  const graceMs = Math.max(left, LEAST_GRACE_PERIOD_SECONDS) * 1000;
  command(out, { kind: 'SignalContainer', id, signal: 'stop' });
  const signal = instanceById(runtime, id)?.stopSignal ?? container.lifecycle?.stopSignal ?? 'SIGTERM';
  emit(out, { source: 'runtime', kind: 'SignalSent', at: out.at, container: container.name, signal, graceMs });
  return { ...kill, stage: 'stopping', since: out.at, until: after(out.at, graceMs) };
}

/** Returns the rest of the grace period, in whole seconds: the time passed is floored. */
function leftOf(kill: Kill, at: Instant): number {
  return kill.graceSeconds - Math.floor((at - kill.since) / 1000);
}

function isGone(runtime: RuntimeState, id: string): boolean {
  const instance = instanceById(runtime, id);
  return instance === undefined || instance.state === 'exited';
}

/** Returns the order to stop a container that runs, as part of stopping its pod. */
export function stopOrder(container: Container, id: string): KillOrder {
  return { id, container, message: '', reason: 'unknown' };
}

/**
 * Returns the time that a container has to exit, in seconds, its preStop hook included; by the reason of the kill.
 *
 * Source: kuberuntime_container.go `setTerminationGracePeriod`.
 */
export function gracePeriodSeconds(
  spec: Pick<PodSpec, 'terminationGracePeriodSeconds'>,
  deletion: Deletion | undefined,
  container: Container,
  reason: KillReason,
  override?: number,
): number {
  if (override !== undefined) return override;
  return deletion?.deletionGracePeriodSeconds ?? ownGracePeriodSeconds(spec, container, STOPPED_BY[reason]);
}
