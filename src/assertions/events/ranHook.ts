import { containersOf, type Pod } from '../../manifest/model';
import { isTerminal, phaseOf } from '../../timeline/condition';
import type { EventOf, HookType } from '../../timeline/event';
import { type HookRun, isHarmless } from '../../timeline/history/hookRuns';
import { historyOf } from '../../timeline/history/podHistory';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePassed, makePending } from '../assertionResult';
import type { Reason } from '../facts/reason';
import type { HookState } from '../facts/received';
import { type NoMoreStarts, noMoreStarts } from '../status/noMoreStarts';
import { startTrouble } from '../status/startFailure';

/** Filter for the runs of a hook. */
export interface HookFilter {
  readonly hook: HookType;
  /** Default: any container. */
  readonly container?: string | undefined;
  /** Number of runs. Default: 1. */
  readonly times?: number | undefined;
}

/**
 * Passes when the hook has succeeded the given number of times after `since`, and fails at its first failure. A preStop hook
 * that failed only because its container exited with 0 counts as a success.
 */
export function ranHook(
  timeline: Timeline,
  since: Since,
  { hook, container: wanted, times = 1 }: HookFilter,
  pod: Pod,
): AssertionResult {
  const history = historyOf(timeline);
  const runs = history.hookRuns.filter(
    (run) =>
      run.hook === hook &&
      (wanted ?? run.container) === run.container &&
      history.isFrom(since, run.started ?? run.finished),
  );
  let done = 0;
  for (const run of runs) {
    const result = evaluateRun(run);
    if (result.outcome !== 'passed') return result;
    done += 1;
    if (done === times) return result;
  }
  const received = { kind: 'fewer', of: 'hook', hook, count: done } as const;
  const ending = findEndOfRuns(timeline, pod, wanted);
  if (ending) return makeFailed(ending.event, received, ending.reason);
  const trouble = startTrouble(timeline);
  if (trouble) return { ...makePending(received, trouble.reason), fix: trouble.fix };
  return makePending(received, hook === 'preStop' ? 'onlyWhenStopped' : undefined);
}

/** Returns why the hook cannot run any more. A hook needs a container that starts. */
function findEndOfRuns(timeline: Timeline, pod: Pod, container: string | undefined): NoMoreStarts | undefined {
  if (isTerminal(phaseOf(timeline.status))) return noMoreStarts(timeline, pod, container);
  const trouble = startTrouble(timeline);
  if (!trouble?.isFinal || containersOf(pod.spec).length > 1) return undefined;
  return { reason: trouble.reason, event: historyOf(timeline).failures.at(-1) };
}

/** Returns the result of one run of a hook. */
export function evaluateRun(run: HookRun): AssertionResult {
  const { container, hook, finished, outlived, exited } = run;
  const hookIs = (state: HookState) => ({ kind: 'hook', container, hook, state }) as const;
  if (finished && !finished.failed) return makePassed(finished, hookIs('succeeded'));
  if (isHarmless(run)) {
    const reason = { kind: 'harmlessHooks', containers: [container] } as const;
    return { ...makePassed(finished, hookIs('endedWithContainer')), reason };
  }
  // Only the exit of the container shows if the failure is harmless.
  if (finished && (hook === 'postStart' || exited)) return makeFailed(finished, hookIs('failed'), messageOf(finished));
  if (finished) return makePending(hookIs('failed'), messageOf(finished));
  if (outlived) return makeFailed(outlived, hookIs('running'), 'hookOutlivedGracePeriod');
  return makePending(hookIs('running'));
}

function messageOf({ message }: EventOf<'HookFinished'>): Reason | undefined {
  return message === undefined ? undefined : { kind: 'message', message };
}
