import { describe, expect, test } from '@jest/globals';
import { abandonPending, beginWait, type PendingWait } from '../../../../../matchers/kernel/framework/pending';

const CALL = 'expect(pod).toBecomeReady()';

/** Starts a wait under the frames of `expect`, like a matcher. */
function beginUnderExpect(): PendingWait {
  const waits: PendingWait[] = [];
  expect.extend({
    toBegin: () => {
      waits.push(beginWait(CALL));
      return { pass: true, message: () => '' };
    },
  });
  (expect('pod') as unknown as { toBegin(): void }).toBegin();
  return waits[0] as PendingWait;
}

describe('abandonPending', () => {
  test('lists each wait of a finished test, and the line that started it', async () => {
    const wait = beginUnderExpect();
    const error = abandonPending();
    expect(error?.message).toMatch(
      /^Missing await: the test finished before expect\(pod\)\.toBecomeReady\(\) \(\S*pending\.spec\.ts:\d+:\d+\) did\. Add await to the call\.$/,
    );
    await expect(wait.stopped).resolves.toBe('Abandoned');
  });

  test('starts the stack with the call in the test', () => {
    beginUnderExpect();
    const [, frame] = abandonPending()?.stack?.split('\n') ?? [];
    expect(frame).toMatch(/^\s+at .*pending\.spec\.ts/);
  });

  test('reports a wait of a failed test as a possible missing await', () => {
    beginWait(CALL);
    expect(abandonPending({ failed: true })?.message).toMatch(
      /^Missing await: the test failed before .* did\. If nothing awaits the call, add await to it\.$/,
    );
  });

  test('returns undefined if all waits are over or belong to another test', () => {
    beginWait(CALL).over();
    expect(abandonPending()).toBeUndefined();
    const wait = beginWait(CALL);
    expect(abandonPending({ test: {} })).toBeUndefined();
    wait.over();
  });
});
