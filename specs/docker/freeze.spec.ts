import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { freeze, thaw } from '../../src/runtime/docker/freeze';
import { processTableOf } from '../../src/runtime/docker/processTable';
import { EnginePod } from './enginePod';
import { describeOnEngine } from './onEngine';
import { beginSpecRun } from './specRun';

/** The processes are on this machine, where a spec can look at them. */
async function statesOf(pids: readonly number[]): Promise<readonly string[]> {
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8')));
  return stats.map((stat) => stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3));
}

describeOnEngine('freezing where the processes are not ours to signal', () => {
  let spec: Awaited<ReturnType<typeof beginSpecRun>>;
  beforeAll(async () => {
    spec = await beginSpecRun();
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  afterAll(() => spec.end());

  test('is done by a container of ours, which is gone afterwards', async () => {
    const { run } = spec;
    const { docker } = run.engine;
    const id = await new EnginePod(run, 'frozen').start({ command: ['sh', '-c', 'sleep 600 & sleep 600; true'] });
    jest.spyOn(process, 'kill').mockImplementation(() => {
      throw Object.assign(new Error('kill EPERM'), { code: 'EPERM' });
    });
    await freeze(run, id);
    const own = (await processTableOf(run, id)).map(({ pid }) => pid);
    expect(own).toHaveLength(3);
    expect(await statesOf(own)).toEqual(['T', 'T', 'T']);
    await thaw(run, id);
    expect(await statesOf(own)).toEqual(['S', 'S', 'S']);
    // The sandbox and the container.
    expect(await docker.listContainers({ all: true, filters: { label: [`jest-kubelet.run=${run.id}`] } })).toHaveLength(
      2,
    );
  });
});
