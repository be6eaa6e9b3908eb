import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { abandonPending } from '../../../../../matchers/kernel/framework/pending';
import { failed, ready, started } from '../../../timeline/events';
import { messageOf } from '../../messageOf';
import { replay } from '../../replay';
import { stuck, withoutTime } from '../stuck';

test('a run that broke has neither held nor failed to: the matcher throws, under .not as well', async () => {
  const lost = { coming: [started(1), ready(2)], breaks: new Error('the container engine does not answer any more') };
  const message = `
No result: the run was aborted after 2.0s: the container engine does not answer any more

  +1.0s  web  Started  Container started
  +2.0s  pod  Ready`;
  expect(await messageOf(() => expect(replay(lost)).toRestart({ within: '5s' }))).toBe(
    `expect(pod).toRestart({ within: '5s' })\n${message}`,
  );
  expect(await messageOf(() => expect(replay(lost)).not.toRestart({ within: '5s' }))).toBe(
    `expect(pod).not.toRestart({ within: '5s' })\n${message}`,
  );
});

test('a pod to which nothing more can happen is not waited for', async () => {
  const pod = replay({ coming: [started(1)], ends: true });
  await expect(pod).not.toBecomeReady({ within: '1h' });
  expect(pod.timeline.now).toBe(1000);
});

test('a wait ends shortly before the test is out of time, and tells so', async () => {
  const pod = stuck(replay({ past: [started(1)] }));
  const told = await withoutTime(() => [
    messageOf(() => expect(pod).toRestart({ within: '5m' })),
    messageOf(() => expect(pod).not.toRestart({ within: '5m' })),
  ]);
  const note =
    "The wait stopped early because the test was about to time out. Raise the test's timeout, for example test(name, fn, 300_000).";
  expect(told).toEqual([expect.stringContaining(note), expect.stringContaining(note)]);
});

test('a matcher that nobody awaited is named, with its line, and says no more', async () => {
  const forgotten = expect(stuck(replay({}))).toBecomeReady({ within: '5m' });
  expect(abandonPending()?.message).toMatch(
    /^Missing await: the test finished before expect\(pod\).toBecomeReady\(\) \(specs\/unit\/matchers\/kernel\/wait\/eventually.spec.ts:4\d:\d+\) did. Add await to the call.$/,
  );
  await forgotten;
  expect(abandonPending()).toBeUndefined();
});

test.each([
  ['soon', "within must be a duration such as '30s', '5m' or '1m30s', received 'soon'. For milliseconds, use withinMs"],
  ['30', "within must be a duration such as '30s', '5m' or '1m30s', received '30'. For milliseconds, use withinMs"],
])('a time to wait has a unit: %s', async (within, complaint) => {
  expect(await messageOf(() => expect(replay({})).toRestart({ within: within as '1s' }))).toBe(
    `expect(pod).toRestart({ within: '${within}' })\n\nMatcher error: ${complaint}`,
  );
});

test.each([
  [Promise.resolve(), 'expect received a promise instead of a pod. Await it first: expect(await runPod(…))'],
  ['web', 'expect received no pod. Pass the result of runPod or simulatePod'],
])('only a pod can be waited for', async (received, complaint) => {
  expect(await messageOf(() => expect(received).toBecomeReady())).toBe(
    `expect(pod).toBecomeReady()\n\nMatcher error: ${complaint}`,
  );
  expect(await messageOf(() => expect(received).not.toHavePhase('Running'))).toBe(
    `expect(pod).not.toHavePhase('Running')\n\nMatcher error: ${complaint}`,
  );
});

test('nothing of what a container writes reaches the terminal as more than text', async () => {
  const output = 'down \u001b[2J\u001b]0;title\u0007\rOK\u202e\n';
  const pod = replay({ coming: [failed(1, 'readiness', 1, output)] });
  expect(await messageOf(() => expect(pod).toRestart({ within: '5s' }))).toContain(
    '+1.0s  web  Unhealthy  readiness probe failed (1/3): down \\rOK\\u202e',
  );
});
