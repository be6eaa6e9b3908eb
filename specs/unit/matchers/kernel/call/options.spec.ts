import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../../messageOf';
import { replay, web } from '../../replay';

test.each([
  [{ contianer: 'web' }, 'unknown option "contianer". Did you mean "container"?'],
  [{ container: 'wbe' }, "container must be a container of pod shop (web, db), received 'wbe'"],
  [
    { because: 'readiness' },
    "because must be one of liveness, startup, exit, postStart, definition, sandbox, restartRule, received 'readiness'",
  ],
  [{ times: 0 }, 'times must be a whole number of at least 1, received 0'],
  [{ times: 1.5 }, 'times must be a whole number of at least 1, received 1.5'],
  [{ since: 'now' }, "since must be 'start', received 'now'"],
  [{ within: '0s' }, 'withinMs must be a number of milliseconds above 0, received 0'],
  [{ within: '1s', withinMs: 1000 }, 'within and withinMs exclude each other. Pass only one of them'],
  ['30s', "options must be an object such as { within: '30s' }, received '30s'"],
])('rejects the invalid option %p, also under .not', async (options, complaint) => {
  const pod = replay({ spec: { containers: [web(), web({ name: 'db' })] } });
  const asked = options as { times: number };
  for (const expectation of [() => expect(pod).toRestart(asked), () => expect(pod).not.toRestart(asked)]) {
    expect((await messageOf(expectation)).split('Matcher error: ')[1]).toBe(complaint);
  }
});

test('treats an undefined option as not set', async () => {
  await expect(replay({})).not.toRestart({ container: undefined, times: undefined, within: undefined, withinMs: 10 });
});

test('rejects arguments after the options', async () => {
  const toBecomeReady = expect(replay({})).toBecomeReady as (...args: unknown[]) => Promise<void>;
  expect(await messageOf(() => toBecomeReady({ within: '1s' }, 2))).toBe(
    `expect(pod).toBecomeReady({ within: '1s' }, 2)\n\nMatcher error: too many arguments after { within: '1s' }`,
  );
});
