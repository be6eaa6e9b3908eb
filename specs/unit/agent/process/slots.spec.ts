import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { maxPods, Slots } from '../../../../src/agent/process/slots';

describe('Slots', () => {
  let home: string;
  let names = 0;
  beforeAll(() => {
    home = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-slots-'));
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  /** Creates the slots of several processes on one machine. */
  function places(max: number, processes: number): readonly Slots[] {
    names += 1;
    const prefix = path.join(home, String(names));
    return Array.from({ length: processes }, () => new Slots(max, (index) => `${prefix}-${index}`));
  }

  test('queues a process without a pod until another process releases a slot', async () => {
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

  test('never queues a process that has a pod, because its test may need several', async () => {
    const [first] = places(1, 1) as [Slots];
    const all = await Promise.all([first.take(), first.take(), first.take()]);
    for (const giveBack of all) giveBack();
  });

  test('queues independent pods of a process one after another', async () => {
    const [first, second] = places(2, 2) as [Slots, Slots];
    const independent = { isIndependent: true };
    const giveBack = await Promise.all([first.take(independent), second.take(independent)]);
    const taken: string[] = [];
    const waiting = ['a', 'b'].map(async (name) => {
      const free = await first.take(independent);
      taken.push(name);
      return free;
    });
    // A pod that its test may need beside the others does not wait.
    (await first.take())();
    expect(taken).toEqual([]);
    giveBack[1]?.();
    (await waiting[0])?.();
    expect(taken[0]).toBe('a');
    (await waiting[1])?.();
    expect(taken).toEqual(['a', 'b']);
    giveBack[0]?.();
  });

  test('frees the slot of a killed process', async () => {
    const name = path.join(home, 'killed');
    const listens = `require('net').createServer().listen(${JSON.stringify(name)}, () => console.log('listens'))`;
    const holder = spawn(process.execPath, ['-e', listens]);
    await once(holder.stdout, 'data');
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(existsSync(name)).toBe(true);
    (await new Slots(1, () => name).take())();
  });

  test('waits for a socket that another program listens on', async () => {
    const name = path.join(home, 'another');
    const other = createServer().listen(name);
    await once(other, 'listening');
    const waiting = new Slots(1, () => name).take();
    other.close();
    (await waiting)();
  });
});

test('allows four pods per core, or JEST_KUBELET_MAX_PODS', () => {
  expect(maxPods({})).toBe(4 * availableParallelism());
  expect(maxPods({ JEST_KUBELET_MAX_PODS: '3' })).toBe(3);
  expect(() => maxPods({ JEST_KUBELET_MAX_PODS: 'many' })).toThrow(
    'JEST_KUBELET_MAX_PODS: must be a whole number of at least 1, received "many"',
  );
});
