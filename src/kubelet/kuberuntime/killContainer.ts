import { after, type Instant } from '../../clock/instant';
import type { Container } from '../../manifest/model';
import { LEAST_GRACE_PERIOD_SECONDS } from '../../timing/rules';
import { command, emit, recordEvent } from '../effects/effects';
import type { Turn } from '../effects/turn';
import { beginHook, endHook, hookIsOver, leaveRunning } from '../lifecycle/handlers';
import type { Kill, Killing, KillOrder } from '../state/pass';
import type { HookOutcome } from '../state/protocol';
import { instanceById } from '../state/runtimeState';
import type { SyncedPod } from '../state/syncedPod';
import { gracePeriodSeconds } from './gracePeriod';
import { isItsTurn } from './terminationOrder';

export interface KillOptions {
  readonly pod: SyncedPod;
  readonly gracePeriodSecondsOverride?: number;
}

/**
 * Begins to kill a container: its event, then its preStop hook, its turn, its stop signal, SIGKILL.
 *
 * The time a hook and the waiting take is deducted from the grace in whole seconds; 2 s are always left.
 *
 * Source: kuberuntime_container.go `killContainer`.
 */
export function beginKill(turn: Turn, order: KillOrder, options: KillOptions): Kill {
  const { pod, gracePeriodSecondsOverride: override } = options;
  const grace = gracePeriodSeconds(pod.spec, pod.deletion, order.container, order.reason, override);
  const probe = PROBE_OF[order.reason];
  recordEvent(turn, 'Killing', order.message || `Stopping container ${order.container.name}`, {
    container: order.container,
    ...(probe === undefined ? {} : { probe }),
  });
  const kill: Kill = { ...order, stage: 'preStop', since: turn.at, until: turn.at, graceSeconds: grace };
  const handler = order.container.lifecycle?.preStop;
  if (!handler || grace <= 0) return afterPreStop(turn, kill, options, grace);
  const hook = beginHook(turn, order.container, order.id, 'preStop', handler);
  return { ...kill, hook, until: after(turn.at, grace * 1000) };
}

const PROBE_OF = { livenessProbe: 'liveness', startupProbe: 'startup', unknown: undefined } as const;

/** Moves a kill on as far as it goes at this instant. `killing` are all the kills under way, for whose turn it is. */
export function advanceKill(turn: Turn, kill: Kill, killing: Killing, options: KillOptions): Kill {
  switch (kill.stage) {
    case 'preStop': {
      if (kill.hook && hookIsOver(kill.hook, turn.at)) {
        return endPreStop(turn, kill, { failed: false }, options);
      }
      if (turn.at < kill.until) return kill;
      if (kill.hook) leaveRunning(turn, kill.container, kill.hook);
      return afterPreStop(turn, kill, options, leftOf(kill, turn.at));
    }
    case 'waitingForTurn':
      return isItsTurn(kill, killing, options.pod.spec, turn.state.behavior) || turn.at >= kill.until
        ? stop(turn, kill, leftOf(kill, turn.at))
        : kill;
    case 'stopping':
      return isGone(turn, kill.id) ? { ...kill, stage: 'done' } : kill;
    default:
      return kill;
  }
}

/** Sends SIGKILL once the grace is over. */
export function enforceGrace(turn: Turn, kill: Kill): Kill {
  if (kill.stage !== 'stopping' || turn.at < kill.until || isGone(turn, kill.id)) return kill;
  command(turn, { kind: 'SignalContainer', id: kill.id, signal: 'SIGKILL' });
  emit(turn, { source: 'runtime', kind: 'SignalSent', at: turn.at, container: kill.container.name, signal: 'SIGKILL' });
  return { ...kill, until: Number.POSITIVE_INFINITY as Instant };
}

/** The preStop hook has answered. */
export function onPreStopAnswered(turn: Turn, kill: Kill, outcome: HookOutcome, options: KillOptions): Kill {
  return kill.stage === 'preStop' ? endPreStop(turn, kill, outcome, options) : kill;
}

function endPreStop(turn: Turn, kill: Kill, outcome: HookOutcome, options: KillOptions): Kill {
  if (kill.hook) endHook(turn, kill.container, 'preStop', kill.hook, outcome);
  return afterPreStop(turn, kill, options, leftOf(kill, turn.at));
}

function afterPreStop(turn: Turn, kill: Kill, options: KillOptions, left: number): Kill {
  const { gracePeriodSecondsOverride: override } = options;
  const { hookCountsAgainstPodGracePeriod } = turn.state.behavior;
  const grace = !hookCountsAgainstPodGracePeriod && override !== undefined ? override : left;
  const waiting: Kill = {
    ...kill,
    stage: 'waitingForTurn',
    since: turn.at,
    until: after(turn.at, grace * 1000),
    graceSeconds: grace,
  };
  return grace > 0 ? waiting : stop(turn, waiting, grace);
}

function stop(turn: Turn, kill: Kill, left: number): Kill {
  if (isGone(turn, kill.id)) return { ...kill, stage: 'done' };
  const graceMs = Math.max(left, LEAST_GRACE_PERIOD_SECONDS) * 1000;
  command(turn, { kind: 'SignalContainer', id: kill.id, signal: 'stop' });
  const known = instanceById(turn.state.runtime, kill.id)?.stopSignal;
  const signal = known ?? kill.container.lifecycle?.stopSignal ?? 'SIGTERM';
  emit(turn, { source: 'runtime', kind: 'SignalSent', at: turn.at, container: kill.container.name, signal, graceMs });
  return { ...kill, stage: 'stopping', since: turn.at, until: after(turn.at, graceMs) };
}

/** What is left of the grace, in whole seconds: the time gone is floored. */
function leftOf(kill: Kill, at: Instant): number {
  return kill.graceSeconds - Math.floor((at - kill.since) / 1000);
}

function isGone(turn: Turn, id: string): boolean {
  const instance = instanceById(turn.state.runtime, id);
  return instance === undefined || instance.state === 'exited';
}

/** The order to stop a container that runs, as part of stopping its pod. */
export function stopOrder(container: Container, id: string): KillOrder {
  return { id, container, message: '', reason: 'unknown' };
}
