import { containersOf } from '../../../manifest/model';
import type { HookType } from '../../../timeline/event';
import { historyOf } from '../../../timeline/history/podHistory';
import { formatReason } from '../../../wording/facts/reason';
import type { CheckStep } from '../../model/experiment';
import { pathOf, type Subject } from '../../model/subject';
import { type Evidence, type TargetResult, whyOf } from '../../model/targetResult';
import { toTargetResult } from './toTargetResult';

/** Each hook of that type in the pod succeeds. A hook that the grace period cuts short is left to `terminates-in-grace`. */
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

/** Only what has failed: the pod did not become Ready. */
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
    const message = { kind: 'hookOutlived', hook, container: name } as const;
    return { check: 'hooks-run', outcome: 'notRun', container: name, message, field };
  }
  return toTargetResult(
    {
      check: 'hooks-run',
      container: name,
      field,
      passed: () =>
        result.reason
          ? { kind: 'hookFailsHarmlessly', hook, container: name, why: formatReason(result.reason) }
          : { kind: 'hookSucceeds', hook, container: name },
      failed: (failure) => ({ kind: 'hookFails', hook, container: name, why: withoutSubject(whyOf(failure)) }),
      from: 0,
    },
    evidence,
  );
}

/** The kubelet's message begins with the hook, the container and the pod. */
function withoutSubject(message: string): string {
  return message.replace(/^.* lifecycle hook .* failed - error: /, '');
}
