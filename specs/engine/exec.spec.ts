import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Run } from '../../src/runtime/docker/run';
import { EnginePod } from './enginePod';
import { describeOnEngine } from './onEngine';
import { processesIn } from './processesIn';
import { beginSpecRun } from './specRun';

describeOnEngine('execInContainer', () => {
  let run: Run;
  let end: () => Promise<void>;
  let pod: EnginePod;
  let id: string;
  const exec = (...args: [argv: readonly string[], options?: { timeoutMs?: number; limitBytes?: number }]) =>
    pod.runtime.execInContainer(id, ...args);

  // It lists them on the host of the engine, because an exec waits until the engine ignores further output of the
  // child.
  const commandsIn = async (container: string) => (await processesIn(run, container)).map(({ args }) => args);

  beforeAll(async () => {
    ({ run, end } = await beginSpecRun());
    pod = new EnginePod(run, '1');
    id = await pod.start({ command: ['sleep', '600'] });
  });
  afterAll(() => end());

  test('returns the exit code, and stdout before stderr', async () => {
    const command = ['sh', '-c', 'echo oops >&2; echo fine; exit 3'];
    expect(await exec(command)).toEqual({ kind: 'Exited', exitCode: 3, output: 'fine\noops\n' });
  });

  test('runs the command without a shell', async () => {
    expect(await exec(['echo', '$HOME', '*'])).toMatchObject({ output: '$HOME *\n' });
  });

  test('reports CouldNotRun for a missing binary, and 127 from a shell without one', async () => {
    expect(await exec(['nosuch'])).toMatchObject({
      kind: 'CouldNotRun',
      message: expect.stringContaining('exec: "nosuch": executable file not found in $PATH'),
    });
    expect(await exec(['sh', '-c', 'nosuch'])).toMatchObject({ kind: 'Exited', exitCode: 127 });
  });

  test('limits the output to the given number of bytes', async () => {
    expect(await exec(['sh', '-c', 'yes | head -c 100000'], { limitBytes: 5 })).toMatchObject({ output: 'y\ny\ny' });
  });

  test('kills the command at its timeout, but not its child processes', async () => {
    expect(await exec(['sh', '-c', 'sleep 601 & exec sleep 602'], { timeoutMs: 1_000 })).toMatchObject({
      kind: 'TimedOut',
    });
    let processes = await commandsIn(id);
    while (processes.includes('sleep 602')) processes = await commandsIn(id);
    // The killed process may still be a zombie, whose name is in brackets.
    expect(processes.filter((command) => !command.startsWith('['))).toEqual(['sleep 600', 'sleep 601']);
  });

  test('reports CouldNotRun in a container that has exited', async () => {
    const gone = await pod.start({ command: ['true'] });
    await pod.next('ContainerExited');
    expect(await pod.runtime.execInContainer(gone, ['true'])).toMatchObject({
      kind: 'CouldNotRun',
      message: expect.stringContaining('is not running'),
    });
  });
});
