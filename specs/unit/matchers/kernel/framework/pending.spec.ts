import { describe, expect, test } from '@jest/globals';
import { abandonPending, beginWait, type PendingWait } from '../../../../../matchers/kernel/framework/pending';

const CALL = 'expect(pod).toBecomeReady()';

/** Begins a wait as a matcher does: under the frames of `expect`. */
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
  test('names each wait of a test that ended, and the line of the test that began it', async () => {
    const wait = beginUnderExpect();
    const error = abandonPending();
    expect(error?.message).toMatch(
      /^Missing await: the test finished before expect\(pod\)\.toBecomeReady\(\) \(\S*pending\.spec\.ts:\d+:\d+\) did\. Add await to the call\.$/,
    );
    await expect(wait.stopped).resolves.toBe('Abandoned');
  });

  test('begins the stack with the call of the test', () => {
    beginUnderExpect();
    const [, frame] = abandonPending()?.stack?.split('\n') ?? [];
    expect(frame).toMatch(/^\s+at .*pending\.spec\.ts/);
  });

  test('does not blame a test that failed by itself', () => {
    beginWait(CALL);
    expect(abandonPending({ failed: true })?.message).toMatch(
      /^Missing await: the test failed before .* did\. If nothing awaits the call, add await to it\.$/,
    );
  });

  test('returns nothing if each wait is over, or is of another test', () => {
    beginWait(CALL).over();
    expect(abandonPending()).toBeUndefined();
    const wait = beginWait(CALL);
    expect(abandonPending({ test: {} })).toBeUndefined();
    wait.over();
  });
});
