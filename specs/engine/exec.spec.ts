import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Run } from '../../src/runtime/docker/run';
import { EnginePod } from './enginePod';
import { describeOnEngine } from './onEngine';
import { processesIn } from './processesIn';
import { beginSpecRun } from './specRun';

describeOnEngine('a command in a container', () => {
  let run: Run;
  let end: () => Promise<void>;
  let pod: EnginePod;
  let id: string;
  const exec = (...args: [argv: readonly string[], options?: { timeoutMs?: number; limitBytes?: number }]) =>
    pod.runtime.execInContainer(id, ...args);

  // On the engine's host: an exec would wait until the engine gives up on what the child might still write.
  const commandsIn = async (container: string) => (await processesIn(run, container)).map(({ args }) => args);

  beforeAll(async () => {
    ({ run, end } = await beginSpecRun());
    pod = new EnginePod(run, '1');
    id = await pod.start({ command: ['sleep', '600'] });
  });
  afterAll(() => end());

  test('shows its exit code, and its standard output before its errors', async () => {
    const command = ['sh', '-c', 'echo oops >&2; echo fine; exit 3'];
    expect(await exec(command)).toEqual({ kind: 'Exited', exitCode: 3, output: 'fine\noops\n' });
  });

  test('is run without a shell', async () => {
    expect(await exec(['echo', '$HOME', '*'])).toMatchObject({ output: '$HOME *\n' });
  });

  test('could not run when its binary is missing, though a shell that misses one exits with 127', async () => {
    expect(await exec(['nosuch'])).toMatchObject({
      kind: 'CouldNotRun',
      message: expect.stringContaining('exec: "nosuch": executable file not found in $PATH'),
    });
    expect(await exec(['sh', '-c', 'nosuch'])).toMatchObject({ kind: 'Exited', exitCode: 127 });
  });

  test('keeps no more output than is asked for', async () => {
    expect(await exec(['sh', '-c', 'yes | head -c 100000'], { limitBytes: 5 })).toMatchObject({ output: 'y\ny\ny' });
  });

  test('is killed at its deadline, alone: its children live on', async () => {
    expect(await exec(['sh', '-c', 'sleep 601 & exec sleep 602'], { timeoutMs: 1_000 })).toMatchObject({
      kind: 'TimedOut',
    });
    let processes = await commandsIn(id);
    while (processes.includes('sleep 602')) processes = await commandsIn(id);
    // What was killed may still be a zombie, whose name is in brackets.
    expect(processes.filter((command) => !command.startsWith('['))).toEqual(['sleep 600', 'sleep 601']);
  });

  test('could not run in a container that has exited', async () => {
    const gone = await pod.start({ command: ['true'] });
    await pod.next('ContainerExited');
    expect(await pod.runtime.execInContainer(gone, ['true'])).toMatchObject({
      kind: 'CouldNotRun',
      message: expect.stringContaining('is not running'),
    });
  });
});
