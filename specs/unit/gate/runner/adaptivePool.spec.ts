import { describe, expect, test } from '@jest/globals';
import { runAdaptively } from '../../../../src/gate/runner/adaptivePool';

/** Runs ten tasks that the spec ends, each with a flag whether it was starved of CPU. */
function pool(parallel: number) {
  const running = new Map<number, (isStarved: boolean) => void>();
  const ended = runAdaptively([...Array(10).keys()], parallel, (task) => {
    return new Promise((resolve) => running.set(task, resolve));
  });
  const end = async (task: number, { isStarved = false } = {}) => {
    running.get(task)?.(isStarved);
    running.delete(task);
    await new Promise((resolve) => setImmediate(resolve));
    return [...running.keys()];
  };
  return { running: () => [...running.keys()], end, ended };
}

describe('runAdaptively', () => {
  test('runs the given number of tasks in parallel', async () => {
    const { running, end } = pool(4);
    expect(running()).toEqual([0, 1, 2, 3]);
    expect(await end(1)).toEqual([0, 2, 3, 4]);
  });

  test('halves the number of parallel tasks after a starved one', async () => {
    const { end } = pool(4);
    expect(await end(0, { isStarved: true })).toEqual([1, 2, 3]);
    expect(await end(1, { isStarved: true })).toEqual([2, 3]);
    expect(await end(2, { isStarved: true })).toEqual([3]);
    expect(await end(3, { isStarved: true })).toEqual([4]);
    expect(await end(4, { isStarved: true })).toEqual([5]);
  });

  test('adds one parallel task after each one that was not starved', async () => {
    const { end } = pool(3);
    await end(0, { isStarved: true });
    await end(1, { isStarved: true });
    expect(await end(2)).toEqual([3, 4]);
    expect(await end(3)).toEqual([4, 5, 6]);
    expect(await end(4)).toEqual([5, 6, 7]);
  });

  test('resolves once all tasks have ended, and rejects if a task rejects', async () => {
    const { end, ended } = pool(8);
    for (let task = 0; task < 10; task += 1) await end(task);
    await expect(ended).resolves.toBeUndefined();
    await expect(runAdaptively([], 8, async () => false)).resolves.toBeUndefined();
    const failing = runAdaptively([1, 2], 2, () => Promise.reject(new Error('the run failed')));
    await expect(failing).rejects.toThrow('the run failed');
  });
});
