import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../../messageOf';
import { replay, web } from '../../replay';

test.each([
  [
    { contianer: 'web' },
    'there is no option "contianer"; there are container, because, times, within, withinMs, and since',
  ],
  [{ container: 'wbe' }, "container: pod shop has no container 'wbe'; it has web and db"],
  [
    { because: 'readiness' },
    "because: 'readiness' is none of liveness, startup, exit, postStart, definition, sandbox, and restartRule",
  ],
  [{ times: 0 }, 'times: 0 is no number of times; write a whole number from 1 on'],
  [{ times: 1.5 }, 'times: 1.5 is no number of times; write a whole number from 1 on'],
  [{ since: 'now' }, "since: 'now' is none of start"],
  [{ within: '0s' }, 'withinMs: 0 is no time to wait; write a number of milliseconds above 0'],
  [{ within: '1s', withinMs: 1000 }, 'give within or withinMs, not both'],
  ['30s', "'30s' is no options; write them by name, as in { within: '30s' }"],
])('an option that means nothing is refused, under .not as well: %p', async (options, complaint) => {
  const pod = replay({ spec: { containers: [web(), web({ name: 'db' })] } });
  const asked = options as { times: number };
  for (const expectation of [() => expect(pod).toRestart(asked), () => expect(pod).not.toRestart(asked)]) {
    expect((await messageOf(expectation)).split('Matcher error: ')[1]).toBe(complaint);
  }
});

test('an option that is undefined is one that is left out', async () => {
  await expect(replay({})).not.toRestart({ container: undefined, times: undefined, within: undefined, withinMs: 10 });
});

test('what comes after the options is refused', async () => {
  const toBecomeReady = expect(replay({})).toBecomeReady as (...args: unknown[]) => Promise<void>;
  expect(await messageOf(() => toBecomeReady({ within: '1s' }, 2))).toBe(
    `expect(pod).toBecomeReady({ within: '1s' }, 2)\n\nMatcher error: nothing is taken after { within: '1s' }`,
  );
});
