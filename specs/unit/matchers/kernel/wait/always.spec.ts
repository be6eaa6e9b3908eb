import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { abandonPending } from '../../../../../matchers/kernel/framework/pending';
import { ready, removed, started } from '../../../timeline/events';
import { messageOf } from '../../messageOf';
import { replay } from '../../replay';
import { stuck, withoutTime } from '../stuck';

test('requires a duration while the pod is running', async () => {
  // biome-ignore lint/suspicious/noExplicitAny: what the compiler refuses
  const toRestartAtMost = expect(replay({})).toRestartAtMost as any;
  expect(await messageOf(() => toRestartAtMost(1))).toBe(
    `expect(pod).toRestartAtMost(1)

Matcher error: toRestartAtMost needs a duration while the pod is running, for example toRestartAtMost(…, { for: '1m' })`,
  );
  expect(await messageOf(() => toRestartAtMost(1, { for: '1' }))).toContain(
    `Matcher error: for must be a duration such as '30s', '5m' or '1m30s', received '1'. For milliseconds, use forMs`,
  );
  expect(await messageOf(() => toRestartAtMost(1, { for: '1s', forMs: 1000 }))).toContain(
    'Matcher error: for and forMs exclude each other. Pass only one of them',
  );
});

test('stops watching a pod once nothing can happen to it', async () => {
  const pod = replay({ coming: [started(1), removed(2)], ends: true });
  await expect(pod).toRestartAtMost(0, { for: '1h' });
  expect(pod.timeline.now).toBe(2000);
});

test('throws if the run is aborted, also under .not', async () => {
  const lost = { coming: [started(1), ready(2)], breaks: new Error('the container engine does not answer any more') };
  const message = `
No result: the run was aborted after 2.0s: the container engine does not answer any more

  +1.0s  web  Started  Container started
  +2.0s  pod  Ready`;
  expect(await messageOf(() => expect(replay(lost)).toRestartAtMost(1, { forMs: 5000 }))).toBe(
    `expect(pod).toRestartAtMost(1, { forMs: 5000 })\n${message}`,
  );
  expect(await messageOf(() => expect(replay(lost)).not.toRestartAtMost(1, { forMs: 5000 }))).toBe(
    `expect(pod).not.toRestartAtMost(1, { forMs: 5000 })\n${message}`,
  );
});

test('throws if the window exceeds the time that the test has left', async () => {
  const pod = stuck(replay({ past: [started(1)] }));
  const told = await withoutTime(() => [
    messageOf(() => expect(pod).toRestartAtMost(1, { for: '5m' })),
    messageOf(() => expect(pod).not.toRestartAtMost(1, { for: '5m' })),
  ]);
  const note =
    "The wait stopped early because the test was about to time out. Raise the test's timeout, for example test(name, fn, 300_000).";
  expect(told).toEqual([expect.stringContaining(note), expect.stringContaining(note)]);
});

test('reports a missing await', async () => {
  const forgotten = expect(stuck(replay({}))).toRestartAtMost(1, { for: '5m' });
  expect(abandonPending()?.message).toMatch(
    /^Missing await: the test finished before expect\(pod\).toRestartAtMost\(\) \(/,
  );
  await forgotten;
});
