import { isTerminal, phaseOf } from '../../timeline/condition';
import { historyOf } from '../../timeline/history/podHistory';
import { endsLate, whyStillThere } from '../../timeline/history/signalTrouble';
import type { ContainerStop } from '../../timeline/history/stops';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, failed, passed, pending } from '../assertionResult';
import { evaluateRun } from '../events/ranHook';
import { exitCodeOfSignal } from './signalNumber';

const SIGKILLED = 137;

/** Which end of a container is a graceful one. */
export interface GracefulEnd {
  /** The container that is meant; every one where it is absent. */
  readonly container?: string | undefined;
  /** The code it exits with: 0, or 128 and the number of its stop signal, where it is absent. */
  readonly exitCode?: number | 'any' | undefined;
}

/**
 * Judges how the kubelet's last stop went: that of every container when the pod is deleted, else of the container it
 * stopped last after `since`. Holds when all of them have exited within their grace, without SIGKILL and with a code of a
 * graceful exit, and no preStop hook has failed but harmlessly; failed by the first that has not, and where there was
 * nothing to stop.
 */
export function terminatedGracefully(timeline: Timeline, since: Since, options: GracefulEnd = {}): AssertionResult {
  const { container: wanted, exitCode } = options;
  const history = historyOf(timeline);
  const deletedAt = history.placeOf(history.deletions.at(-1));
  const stops = history.stops.filter(({ container, killing, exited }) => {
    // What was being stopped already when the pod was deleted ends with the others.
    const end = deletedAt >= 0 ? (exited ?? killing) : killing;
    return (wanted ?? container) === container && history.isFrom(deletedAt >= 0 ? deletedAt : since, end);
  });
  if (stops.length === 0) return nothingStopped(timeline, wanted);
  const ends = (deletedAt >= 0 ? stops : stops.slice(-1)).map((stop) => evaluateStop(stop, exitCode));
  const open = ends.find(({ outcome }) => outcome === 'failed') ?? ends.find(({ outcome }) => outcome !== 'passed');
  if (open) return open;
  const exits = ends.flatMap(({ received }) => (received.kind === 'exits' ? received.exits : []));
  const harmless = ends.flatMap(({ reason }) => (reason?.kind === 'harmlessHooks' ? reason.containers : []));
  return {
    ...passed(ends.at(-1)?.event, { kind: 'exits', exits }),
    reason: harmless.length > 0 ? { kind: 'harmlessHooks', containers: harmless } : undefined,
  };
}

function evaluateStop(stop: ContainerStop, exitCode: GracefulEnd['exitCode']): AssertionResult {
  const hook = stop.preStop && evaluateRun(stop.preStop);
  if (hook?.outcome === 'failed') return hook;
  const end = evaluateEnd(stop, exitCode);
  if (end.outcome !== 'passed') return end;
  return hook?.outcome === 'pending' ? hook : { ...end, reason: hook?.reason };
}

/** How a container ended that was stopped, whatever became of its hook. */
export function evaluateEnd(stop: ContainerStop, exitCode: GracefulEnd['exitCode']): AssertionResult {
  const { container, killed, exited } = stop;
  if (killed) return sigkilled(stop);
  if (!exited) return pending({ kind: 'container', container, state: 'stillRunning' });
  const received = { kind: 'exits', exits: [exited] } as const;
  if (exited.exitCode === SIGKILLED) return failed(exited, received, 'foreignSigkill');
  if (!isGraceful(exited.exitCode, stop, exitCode)) return otherCode(stop, exited, exitCode);
  return passed(exited, received);
}

function isGraceful(code: number, stop: ContainerStop, exitCode: GracefulEnd['exitCode']): boolean {
  return exitCode === 'any' || (exitCode === undefined ? gracefulCodes(stop).includes(code) : code === exitCode);
}

function gracefulCodes({ signalled }: ContainerStop): readonly number[] {
  const bySignal = signalled && exitCodeOfSignal(signalled.signal);
  return bySignal === undefined ? [0] : [0, bySignal];
}

function otherCode(
  stop: ContainerStop,
  exited: NonNullable<ContainerStop['exited']>,
  exitCode: GracefulEnd['exitCode'],
): AssertionResult {
  const { container, signalled } = stop;
  const received = { kind: 'exits', exits: [exited] } as const;
  if (typeof exitCode === 'number') return failed(exited, received, { kind: 'wrongExitCode', exitCode });
  return {
    ...failed(exited, received, { kind: 'gracefulExitCodes', exitCodes: gracefulCodes(stop) }),
    fix: { kind: 'exitWithZero', container, signal: signalled?.signal, exitCode: exited.exitCode },
  };
}

function sigkilled({ container, preStop, signalled, seen, killed, killing, exited }: ContainerStop): AssertionResult {
  const leftMs = killed && signalled ? killed.at - signalled.at : 0;
  const hookMs = signalled && preStop ? signalled.at - killing.at : 0;
  const received = { kind: 'container', container, state: 'sigkilled' } as const;
  const still = { kind: 'sigkilled', leftMs, signal: signalled?.signal } as const;
  const endsItself = exited && exited.exitCode !== SIGKILLED;
  const trouble = endsItself ? endsLate(exited.exitCode) : seen && whyStillThere(seen);
  if (hookMs > leftMs) return failed(killed, received, { ...still, hookMs });
  if (!trouble) return failed(killed, received, still);
  return { ...failed(killed, received, { ...still, trouble }), fix: { kind: 'signal', trouble } };
}

function nothingStopped(timeline: Timeline, wanted: string | undefined): AssertionResult {
  const removed = historyOf(timeline).removed;
  const isOver = removed !== undefined || isTerminal(phaseOf(timeline.status));
  if (!isOver) return pending('nothingStopped', 'notStopped');
  return failed(removed, 'nothingStopped', { kind: 'notRunning', container: wanted });
}
