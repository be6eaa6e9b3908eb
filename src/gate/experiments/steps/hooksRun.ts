import { containersOf } from '../../../manifest/model';
import type { HandlerFailure } from '../../../timeline/causes';
import { type HookType, isA } from '../../../timeline/event';
import { historyOf } from '../../../timeline/history/podHistory';
import type { CheckStep } from '../../model/experiment';
import { pathOf, type Subject } from '../../model/subject';
import type { Evidence, TargetResult } from '../../model/targetResult';
import { toTargetResult } from './toTargetResult';

/** Checks each hook of a type. `terminates-in-grace` covers a hook that outlives the grace period. */
export function hooksRun(subject: Subject, hook: HookType): readonly CheckStep[] {
  return containersOf(subject.pod.spec)
    .filter(({ lifecycle }) => lifecycle?.[hook])
    .map(({ name }) => ({
      check: 'hooks-run',
      about: { kind: 'hook', hook, container: name },
      assertion: { kind: 'ranHook', hook, container: name },
      window: { kind: 'now' },
      counts: 'pod',
      waitingFor: { kind: 'hook', hook, container: name },
      toResult: (evidence) => toResult(subject, hook, name, evidence),
    }));
}

/** Reports only failed postStart hooks, for a pod that did not become Ready. */
export function hooksFailed(subject: Subject): readonly CheckStep[] {
  return hooksRun(subject, 'postStart').map(({ toResult: result, ...step }) => ({
    ...step,
    toResult: (evidence, wait) => {
      const found = result?.(evidence, wait);
      return found?.outcome === 'failed' ? found : undefined;
    },
  }));
}

function toResult(subject: Subject, hook: HookType, name: string, evidence: Evidence): TargetResult {
  const { result, timeline } = evidence;
  const field = `${pathOf(subject, name)}.lifecycle.${hook}`;
  if (historyOf(timeline).hookRuns.some((run) => run.container === name && run.hook === hook && run.outlived)) {
    const message = { kind: 'hookOutlivedGracePeriod', hook, container: name } as const;
    return { check: 'hooks-run', outcome: 'notRun', container: name, message, field };
  }
  return toTargetResult(
    {
      check: 'hooks-run',
      container: name,
      field,
      passed: () =>
        result.reason?.kind === 'harmlessHooks'
          ? { kind: 'hookFailsHarmlessly', hook, container: name }
          : { kind: 'hookSucceeds', hook, container: name },
      failed: (failure) => ({
        kind: 'hookFails',
        hook,
        container: name,
        failure: failureOf(failure),
        result: failure.result,
      }),
      from: 0,
    },
    evidence,
  );
}

/** Returns the typed cause of a failed hook; undefined if there is none. */
function failureOf({ result: { event } }: Evidence): HandlerFailure | undefined {
  return event && isA('HookFinished', event) ? event.failure : undefined;
}
