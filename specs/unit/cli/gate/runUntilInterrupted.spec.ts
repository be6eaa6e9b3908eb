import { expect, test } from '@jest/globals';
import type { Console } from '../../../../src/cli/console';
import { Interrupted, runUntilInterrupted } from '../../../../src/cli/gate/runUntilInterrupted';
import { printError } from '../../../../src/cli/printError';

/** Creates a console that receives Ctrl-C as long as a listener is registered. */
function console() {
  const listeners = new Set<() => void>();
  const told: string[] = [];
  const at: Console = {
    in: (async function* () {})(),
    out: () => {},
    data: () => {},
    err: (line) => void told.push(line),
    onInterrupt(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const interrupt = () => {
    for (const listener of listeners) listener();
  };
  return { at, listeners, told, interrupt };
}

test('removes the Ctrl-C handler once the work settles', async () => {
  const { at, listeners } = console();
  expect(await runUntilInterrupted(at, async () => 'done')).toBe('done');
  await expect(
    runUntilInterrupted(at, async () => {
      throw new Error('not done');
    }),
  ).rejects.toThrow('not done');
  expect(listeners.size).toBe(0);
});

test('ignores the result of interrupted work', async () => {
  const { at, listeners, interrupt } = console();
  let fail = (_: Error) => {};
  const work = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const ended = runUntilInterrupted(at, () => work);
  interrupt();
  await expect(ended).rejects.toThrow(Interrupted);
  fail(new Error('its pods are gone'));
  await expect(work).rejects.toThrow('its pods are gone');
  expect(listeners.size).toBe(0);
});

test('prints interrupted work in one line, and exits with 130', () => {
  const { at, told } = console();
  expect(printError(new Interrupted(), at)).toBe(130);
  expect(told).toEqual(['jest-kubelet: interrupted: no result, all pods are being removed']);
});
