import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { freeze, thaw } from '../../src/runtime/docker/freeze';
import { EnginePod } from './enginePod';
import { describeOnEngine } from './onEngine';
import { processesIn } from './processesIn';
import { beginSpecRun } from './specRun';

describeOnEngine('freezing where the processes are not ours to signal', () => {
  let spec: Awaited<ReturnType<typeof beginSpecRun>>;
  beforeAll(async () => {
    spec = await beginSpecRun();
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  afterAll(() => spec.end());

  const states = async (id: string) => (await processesIn(spec.run, id)).map(({ state }) => state);

  test('is done by a container of ours, which is gone afterwards', async () => {
    const { run } = spec;
    const { docker } = run.engine;
    const id = await new EnginePod(run, 'frozen').start({ command: ['sh', '-c', 'sleep 600 & sleep 600; true'] });
    while ((await states(id)).length < 3);
    jest.spyOn(process, 'kill').mockImplementation(() => {
      throw Object.assign(new Error('kill EPERM'), { code: 'EPERM' });
    });
    await freeze(run, id);
    expect(await states(id)).toEqual(['T', 'T', 'T']);
    await thaw(run, id);
    expect(await states(id)).toEqual(['S', 'S', 'S']);
    // The sandbox and the container.
    expect(await docker.listContainers({ all: true, filters: { label: [`jest-kubelet.run=${run.id}`] } })).toHaveLength(
      2,
    );
  });
});
