import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { maxPods, Slots } from '../../../../src/agent/process/slots';

describe('the places that pods take up on a machine', () => {
  let home: string;
  let names = 0;
  beforeAll(() => {
    home = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-slots-'));
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  /** Those of several processes, each with its own count. */
  function places(max: number, processes: number): readonly Slots[] {
    names += 1;
    const prefix = path.join(home, String(names));
    return Array.from({ length: processes }, () => new Slots(max, (index) => `${prefix}-${index}`));
  }

  test('keep a process that has no pod waiting until another one gives a place back', async () => {
    const [first, second] = places(1, 2) as [Slots, Slots];
    const giveBack = await first.take();
    let isTaken = false;
    const taken = second.take().then((free) => {
      isTaken = true;
      return free;
    });
    await new Promise(setImmediate);
    expect(isTaken).toBe(false);
    giveBack();
    (await taken)();
    expect(isTaken).toBe(true);
  });

  test('are never refused to a process that has a pod: its test may need them together', async () => {
    const [first] = places(1, 1) as [Slots];
    const all = await Promise.all([first.take(), first.take(), first.take()]);
    for (const giveBack of all) giveBack();
  });

  test('keep a pod that is needed beside no other waiting, one after another', async () => {
    const [first, second] = places(2, 2) as [Slots, Slots];
    const independent = { isIndependent: true };
    const giveBack = await Promise.all([first.take(independent), second.take(independent)]);
    const taken: string[] = [];
    const waiting = ['a', 'b'].map(async (name) => {
      const free = await first.take(independent);
      taken.push(name);
      return free;
    });
    // One that its test may need beside them does not wait.
    (await first.take())();
    expect(taken).toEqual([]);
    giveBack[1]?.();
    (await waiting[0])?.();
    expect(taken[0]).toBe('a');
    (await waiting[1])?.();
    expect(taken).toEqual(['a', 'b']);
    giveBack[0]?.();
  });

  test('are free again once a process that was killed is gone', async () => {
    const name = path.join(home, 'killed');
    const listens = `require('net').createServer().listen(${JSON.stringify(name)}, () => console.log('listens'))`;
    const holder = spawn(process.execPath, ['-e', listens]);
    await once(holder.stdout, 'data');
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(existsSync(name)).toBe(true);
    (await new Slots(1, () => name).take())();
  });

  test('are not taken from somebody else who listens there', async () => {
    const name = path.join(home, 'another');
    const other = createServer().listen(name);
    await once(other, 'listening');
    const waiting = new Slots(1, () => name).take();
    other.close();
    (await waiting)();
  });
});

test('are four a core, or as many as the environment says', () => {
  expect(maxPods({})).toBe(4 * availableParallelism());
  expect(maxPods({ JEST_KUBELET_MAX_PODS: '3' })).toBe(3);
  expect(() => maxPods({ JEST_KUBELET_MAX_PODS: 'many' })).toThrow(
    'JEST_KUBELET_MAX_PODS: must be a whole number of at least 1, received "many"',
  );
});
