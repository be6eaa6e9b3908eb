import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { abandonPending } from '../../../../../matchers/kernel/framework/pending';
import { failed, ready, started } from '../../../timeline/events';
import { messageOf } from '../../messageOf';
import { replay } from '../../replay';
import { stuck, withoutTime } from '../stuck';

test('throws if the run is aborted, also under .not', async () => {
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

test('stops waiting for a pod once nothing can happen to it', async () => {
  const pod = replay({ coming: [started(1)], ends: true });
  await expect(pod).not.toBecomeReady({ within: '1h' });
  expect(pod.timeline.now).toBe(1000);
});

test('stops shortly before the timeout of the test, and reports it', async () => {
  const pod = stuck(replay({ past: [started(1)] }));
  const told = await withoutTime(() => [
    messageOf(() => expect(pod).toRestart({ within: '5m' })),
    messageOf(() => expect(pod).not.toRestart({ within: '5m' })),
  ]);
  const note =
    "The wait stopped early because the test was about to time out. Raise the test's timeout, for example test(name, fn, 300_000).";
  expect(told).toEqual([expect.stringContaining(note), expect.stringContaining(note)]);
});

test('reports a missing await with its line, and nothing else', async () => {
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
])('rejects a limit without a valid unit: %s', async (within, complaint) => {
  expect(await messageOf(() => expect(replay({})).toRestart({ within: within as '1s' }))).toBe(
    `expect(pod).toRestart({ within: '${within}' })\n\nMatcher error: ${complaint}`,
  );
});

test.each([
  [Promise.resolve(), 'expect received a promise instead of a pod. Await it first: expect(await runPod(…))'],
  ['web', 'expect received no pod. Pass the result of runPod or simulatePod'],
])('rejects a value that is not a pod', async (received, complaint) => {
  expect(await messageOf(() => expect(received).toBecomeReady())).toBe(
    `expect(pod).toBecomeReady()\n\nMatcher error: ${complaint}`,
  );
  expect(await messageOf(() => expect(received).not.toHavePhase('Running'))).toBe(
    `expect(pod).not.toHavePhase('Running')\n\nMatcher error: ${complaint}`,
  );
});

test('escapes control characters of container output in messages', async () => {
  const output = 'down \u001b[2J\u001b]0;title\u0007\rOK\u202e\n';
  const pod = replay({ coming: [failed(1, 'readiness', 1, output)] });
  expect(await messageOf(() => expect(pod).toRestart({ within: '5s' }))).toContain(
    '+1.0s  web  Unhealthy  readiness probe failed (1/3): down \\rOK\\u202e',
  );
});
