import { isTerminal, phaseOf } from '../timeline/condition';
import { endsLate, whyStillThere } from '../timeline/signalTrouble';
import { eventsFrom, type Since } from '../timeline/since';
import { type Stop, stopsOf } from '../timeline/stop';
import type { Timeline } from '../timeline/timeline';
import { howItEnded } from './containerWords';
import { holds, type Judgement, undecided, violated } from './judgement';
import { judgeRun } from './ranHook';

const SIGKILLED = 137;

/**
 * Judges how the kubelet's last stop went: that of every container when the pod is deleted, else of the container it
 * stopped last after `since`. Holds when all of them have exited within their grace, without SIGKILL, and no preStop hook
 * has failed but harmlessly; violated by the first that has not, and where there was nothing to stop.
 */
export function terminatedGracefully(timeline: Timeline, since: Since, wanted?: string): Judgement {
  const deletedAt = timeline.events.findLastIndex(({ kind }) => kind === 'DeletionMarked');
  const counted = eventsFrom(timeline, deletedAt >= 0 ? deletedAt : since);
  const stops = stopsOf(timeline).filter(({ container, killing, exited }) => {
    // What was being stopped already when the pod was deleted ends with the others.
    const end = deletedAt >= 0 ? (exited ?? killing) : killing;
    return (wanted ?? container) === container && counted.has(end);
  });
  if (stops.length === 0) return nothingStopped(timeline, wanted);
  const judged = (deletedAt >= 0 ? stops : stops.slice(-1)).map(judgeStop);
  const open =
    judged.find(({ outcome }) => outcome === 'violated') ?? judged.find(({ outcome }) => outcome !== 'holds');
  if (open) return open;
  const reasons = judged.flatMap(({ why = [] }) => why);
  const received = judged.map((each) => each.received).join(', ');
  return { ...holds(judged.at(-1)?.event, received), why: reasons.join('; ') || undefined };
}

function judgeStop(stop: Stop): Judgement {
  const hook = stop.preStop && judgeRun(stop.preStop);
  if (hook?.outcome === 'violated') return hook;
  const end = judgeEnd(stop);
  if (end.outcome !== 'holds') return end;
  return hook?.outcome === 'undecided' ? hook : { ...end, why: hook?.why };
}

/** How a container ended that was stopped, whatever became of its hook. */
export function judgeEnd(stop: Stop): Judgement {
  const { container, killed, exited } = stop;
  if (killed) return sigkilled(stop);
  if (!exited) return undecided(`${container} still running`);
  if (exited.exitCode === SIGKILLED)
    return violated(exited, howItEnded(container, exited), 'SIGKILL came from elsewhere');
  return holds(exited, howItEnded(container, exited));
}

function sigkilled({ container, preStop, signalled, seen, killed, killing, exited }: Stop): Judgement {
  const leftMs = killed && signalled ? killed.at - signalled.at : 0;
  const hookMs = signalled && preStop ? signalled.at - killing.at : 0;
  const still = `it still ran ${inSeconds(leftMs)} after ${signalled?.signal ?? 'its stop signal'}`;
  const received = `${container} killed with SIGKILL`;
  const endsItself = exited && exited.exitCode !== SIGKILLED;
  const trouble = endsItself ? endsLate(exited.exitCode) : seen && whyStillThere(seen);
  if (hookMs > leftMs) {
    return violated(killed, received, `${still}; its preStop hook had taken ${inSeconds(hookMs)} of the grace`);
  }
  if (!trouble) return violated(killed, received, still);
  const { wrong, right } = trouble;
  return {
    ...violated(killed, received, `${still}: ${wrong}`),
    advice: `${right[0]?.toUpperCase()}${right.slice(1)}.`,
  };
}

function inSeconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}

function nothingStopped(timeline: Timeline, wanted: string | undefined): Judgement {
  const removed = timeline.of('PodRemoved')[0];
  const isOver = removed !== undefined || isTerminal(phaseOf(timeline.status));
  if (!isOver) return undecided('nothing stopped', 'the kubelet has not stopped it yet');
  return violated(
    removed,
    'nothing stopped',
    wanted === undefined ? 'no container ran any more' : `${wanted} did not run any more`,
  );
}
