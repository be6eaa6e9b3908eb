import { once } from 'node:events';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { freeze, thaw } from '../../src/runtime/docker/faults/freeze';
import { EnginePod } from './enginePod';
import { describeOnEngine } from './onEngine';
import { processesIn } from './processesIn';
import { beginSpecRun } from './specRun';

describeOnEngine('freeze without permission to signal the processes', () => {
  let spec: Awaited<ReturnType<typeof beginSpecRun>>;
  // A removed container reaches no more processes on another machine.
  beforeEach(async () => {
    spec = await beginSpecRun();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await spec.end();
  });

  const states = async (id: string) => (await processesIn(spec.run, id)).map(({ state }) => state);

  test('uses one helper container, which the run removes', async () => {
    const { run } = spec;
    const { docker } = run.engine;
    const id = await new EnginePod(run, 'frozen').start({ command: ['sh', '-c', 'sleep 600 & sleep 600; true'] });
    while ((await states(id)).length < 3);
    jest.spyOn(run.signalHere, 'send').mockResolvedValue(false);
    await freeze(run, id);
    expect(await states(id)).toEqual(['T', 'T', 'T']);
    await thaw(run, id);
    expect(await states(id)).toEqual(['S', 'S', 'S']);
    await freeze(run, id);
    const containers = () => docker.listContainers({ all: true, filters: { label: [`jest-kubelet.run=${run.id}`] } });
    // The sandbox, the container, and the helper container that sends signals.
    expect(await containers()).toHaveLength(3);
    await run.remove();
    expect(await containers()).toEqual([]);
  });

  // A command that starts holds the lock of its container in the engine.
  test('does not affect commands that the engine starts in the container', async () => {
    const { run } = spec;
    const container = run.engine.docker.getContainer(
      await new EnginePod(run, 'probed').start({ command: ['sleep', '600'] }),
    );
    let isOver = false;
    const probe = async () => {
      let answered = 0;
      for (; !isOver; answered += 1) {
        const exec = await container.exec({ Cmd: ['true'], AttachStdout: true });
        const stream = await exec.start({});
        await once(stream.resume(), 'close');
      }
      return answered;
    };
    const probes = [probe(), probe(), probe()];
    for (let times = 0; times < 25; times += 1) {
      await freeze(run, container.id);
      await thaw(run, container.id);
    }
    isOver = true;
    expect(Math.min(...(await Promise.all(probes)))).toBeGreaterThan(0);
    expect(await container.inspect()).toMatchObject({ State: { Running: true } });
  });
});
