import { expect } from 'expect';
import { runPod } from 'jest-kubelet';
import matchers from 'jest-kubelet/matchers';
import { compareResult, NO_RESULT, noResult } from './result.mjs';

expect.extend(matchers);

/** Plays a case of one matcher. */
export async function playMatcher({ pod: manifest, first = [], ask, expected }) {
  const pod = await runPod(manifest);
  try {
    for (const step of first) {
      const failure = await done(pod, step);
      if (failure !== undefined)
        return NO_RESULT.test(failure) ? noResult(failure) : compareResult(before(failure), expected);
    }
    const failure = await done(pod, ask);
    if (failure !== undefined && NO_RESULT.test(failure)) return noResult(failure);
    return compareResult(
      failure === undefined ? { outcome: 'passed' } : { outcome: 'failed', said: failure },
      expected,
    );
  } finally {
    await pod.remove();
  }
}

const before = (said) => ({ outcome: 'failed before it was asked', said });

/** Returns what a step fails with. */
async function done(pod, { act, expect: matcher, args, isNot }) {
  try {
    if (act === 'delete') await pod.delete();
    else if (act) await pod.container('web')[act]();
    else await (isNot ? expect(pod).not : expect(pod))[matcher](...args);
    return undefined;
  } catch (error) {
    return pod.broken?.message ?? error.message;
  }
}
