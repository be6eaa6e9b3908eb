import { isTerminal, phaseOf } from '../../timeline/condition';
import { historyOf } from '../../timeline/history/podHistory';
import { endsLate, explainStillRunning } from '../../timeline/history/signalTrouble';
import type { ContainerStop } from '../../timeline/history/stops';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePassed, makePending } from '../assertionResult';
import { evaluateRun } from '../events/ranHook';
import { exitCodeOfSignal } from './signalNumber';

const SIGKILLED = 137;

/** Definition of a graceful exit. */
export interface GracefulEnd {
  /** Default: every stopped container. */
  readonly container?: string | undefined;
  /** Default: 0, or 128 plus the number of the stop signal. */
  readonly exitCode?: number | 'any' | undefined;
}

/**
 * Checks the exits of all containers of a deleted pod, else of the container that the kubelet stopped last after `since`.
 * Fails at the first SIGKILL, wrong exit code or harmful preStop failure, and if there was nothing to stop.
 */
export function terminatedGracefully(timeline: Timeline, since: Since, options: GracefulEnd = {}): AssertionResult {
  const { container: wanted, exitCode } = options;
  const history = historyOf(timeline);
  const deletedAt = history.placeOf(history.deletions.at(-1));
  const stops = history.stops.filter(({ container, killing, exited }) => {
    // A container that was already stopping at the deletion counts too.
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
    ...makePassed(ends.at(-1)?.event, { kind: 'exits', exits }),
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

/** Checks the exit of a stopped container. It ignores its preStop hook. */
export function evaluateEnd(stop: ContainerStop, exitCode: GracefulEnd['exitCode']): AssertionResult {
  const { container, killed, exited } = stop;
  if (killed) return evaluateSigkill(stop);
  if (!exited) return makePending({ kind: 'container', container, state: 'stillRunning' });
  const received = { kind: 'exits', exits: [exited] } as const;
  if (exited.exitCode === SIGKILLED) return makeFailed(exited, received, 'foreignSigkill');
  if (!isGraceful(exited.exitCode, stop, exitCode)) return otherCode(stop, exited, exitCode);
  return makePassed(exited, received);
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
  if (typeof exitCode === 'number') return makeFailed(exited, received, { kind: 'wrongExitCode', exitCode });
  return {
    ...makeFailed(exited, received, { kind: 'gracefulExitCodes', exitCodes: gracefulCodes(stop) }),
    fix: { kind: 'exitWithZero', container, signal: signalled?.signal, exitCode: exited.exitCode },
  };
}

function evaluateSigkill({
  container,
  preStop,
  signalled,
  seen,
  killed,
  killing,
  exited,
}: ContainerStop): AssertionResult {
  const leftMs = killed && signalled ? killed.at - signalled.at : 0;
  const hookMs = signalled && preStop ? signalled.at - killing.at : 0;
  const received = { kind: 'container', container, state: 'sigkilled' } as const;
  const still = { kind: 'sigkilled', leftMs, signal: signalled?.signal } as const;
  const endsItself = exited && exited.exitCode !== SIGKILLED;
  const trouble = endsItself ? endsLate(exited.exitCode) : seen && explainStillRunning(seen);
  if (hookMs > leftMs) return makeFailed(killed, received, { ...still, hookMs });
  if (!trouble) return makeFailed(killed, received, still);
  return { ...makeFailed(killed, received, { ...still, trouble }), fix: { kind: 'signal', trouble } };
}

function nothingStopped(timeline: Timeline, wanted: string | undefined): AssertionResult {
  const removed = historyOf(timeline).removed;
  const isOver = removed !== undefined || isTerminal(phaseOf(timeline.status));
  if (!isOver) return makePending('nothingStopped', 'notStopped');
  return makeFailed(removed, 'nothingStopped', { kind: 'notRunning', container: wanted });
}
