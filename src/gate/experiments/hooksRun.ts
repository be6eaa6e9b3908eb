import { ranHook } from '../../judgements/ranHook';
import { containersOf } from '../../manifest/model';
import type { HookType } from '../../timeline/event';
import { hookRunsOf } from '../../timeline/hookRun';
import { START } from '../../timeline/since';
import type { Actor } from '../model/actor';
import { pathOf, type Subject } from '../model/subject';
import type { Evidence, TargetResult } from '../model/targetResult';
import { answered, whyOf } from './toTargetResult';

/** A hook that the grace cuts short is the grace's matter. */
export function hooksRun(
  subject: Subject,
  { timeline, pod }: Actor,
  hooks: readonly HookType[] = ['postStart', 'preStop'],
): readonly TargetResult[] {
  return containersOf(pod.spec).flatMap(({ name, lifecycle }) =>
    hooks.flatMap((hook): readonly TargetResult[] => {
      if (!lifecycle?.[hook]) return [];
      const field = `${pathOf(subject, name)}.lifecycle.${hook}`;
      if (hookRunsOf(timeline).some((run) => run.container === name && run.hook === hook && run.outlived)) {
        const sentence = `the ${hook} hook of ${name} was still running when the grace was over: see terminates-in-grace`;
        return [{ check: 'hooks-run', outcome: 'notRun', container: name, sentence, field }];
      }
      const judgement = ranHook(timeline, START, { hook, container: name }, pod);
      const question = {
        check: 'hooks-run',
        container: name,
        field,
        passed: () => `the ${hook} hook of ${name} ${judgement.why ? `ends harmlessly: ${judgement.why}` : 'succeeds'}`,
        failed: (failure: Evidence) => `the ${hook} hook of ${name} fails: ${shortly(whyOf(failure))}`,
        from: 0,
      } as const;
      return [answered(question, { judgement, timeline, pod })];
    }),
  );
}

/** Without what the kubelet says first: which hook of which container of which pod it was. */
function shortly(message: string): string {
  return message.replace(/^.* lifecycle hook .* failed - error: /, '');
}
