import { containersOf, type Pod } from '../../manifest/model';
import { isTerminal, phaseOf } from '../../timeline/condition';
import type { EventOf, HookType } from '../../timeline/event';
import { type HookRun, isHarmless } from '../../timeline/history/hookRuns';
import { historyOf } from '../../timeline/history/podHistory';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, failed, passed, pending } from '../assertionResult';
import type { Reason } from '../facts/reason';
import type { HookState } from '../facts/received';
import { type NoMoreStarts, noMoreStarts } from '../status/noMoreStarts';
import { startTrouble } from '../status/startFailure';

/** Which hook has to run, and how often. */
export interface HookFilter {
  readonly hook: HookType;
  /** Of this container; of any when absent. */
  readonly container?: string | undefined;
  /** This many runs; one when absent. */
  readonly times?: number | undefined;
}

/**
 * Passes when the hook has run and succeeded, as often as asked after `since`; failed by the first run that fails. A
 * preStop hook that failed only because its container ended with code 0 meanwhile has done what it is for.
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
  const ending = whyItRunsNoMore(timeline, pod, wanted);
  if (ending) return failed(ending.event, received, ending.reason);
  const trouble = startTrouble(timeline);
  if (trouble) return { ...pending(received, trouble.reason), fix: trouble.fix };
  return pending(received, hook === 'preStop' ? 'onlyWhenStopped' : undefined);
}

/** A hook runs in a container that starts; the only one of a pod may be known never to. */
function whyItRunsNoMore(timeline: Timeline, pod: Pod, container: string | undefined): NoMoreStarts | undefined {
  if (isTerminal(phaseOf(timeline.status))) return noMoreStarts(timeline, pod, container);
  const trouble = startTrouble(timeline);
  if (!trouble?.isFinal || containersOf(pod.spec).length > 1) return undefined;
  return { reason: trouble.reason, event: historyOf(timeline).failures.at(-1) };
}

/** What one run of a hook came to. */
export function evaluateRun(run: HookRun): AssertionResult {
  const { container, hook, finished, outlived, exited } = run;
  const hookIs = (state: HookState) => ({ kind: 'hook', container, hook, state }) as const;
  if (finished && !finished.failed) return passed(finished, hookIs('succeeded'));
  if (isHarmless(run)) {
    const reason = { kind: 'harmlessHooks', containers: [container] } as const;
    return { ...passed(finished, hookIs('endedWithContainer')), reason };
  }
  // Whether a failure is harmless shows only once the container has ended.
  if (finished && (hook === 'postStart' || exited)) return failed(finished, hookIs('failed'), messageOf(finished));
  if (finished) return pending(hookIs('failed'), messageOf(finished));
  if (outlived) return failed(outlived, hookIs('running'), 'hookOutlivedGracePeriod');
  return pending(hookIs('running'));
}

function messageOf({ message }: EventOf<'HookFinished'>): Reason | undefined {
  return message === undefined ? undefined : { kind: 'message', message };
}
