import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Container } from '../../src/manifest/model';
import type { Run } from '../../src/runtime/docker/run';
import { EnginePod } from './enginePod';
import { describeOnEngine } from './onEngine';
import { beginSpecRun } from './specRun';

const LOG = { terminationMessagePath: '/dev/termination-log' };

describeOnEngine('the termination message of a container', () => {
  let run: Run;
  let end: () => Promise<void>;
  let pod: EnginePod;
  let pods = 0;

  beforeAll(async () => {
    ({ run, end } = await beginSpecRun());
  });
  afterAll(() => end());
  beforeEach(() => {
    pods += 1;
    pod = new EnginePod(run, String(pods));
  });
  afterEach(() => pod.runtime.remove());

  async function exitOf(script: string, more: Partial<Container>) {
    const from = pod.seen.length;
    await pod.start({ command: ['sh', '-c', script], ...more });
    const { exitCode, message } = await pod.next('ContainerExited', from);
    return { exitCode, message };
  }

  test('is the content of the file in /dev, for any exit code', async () => {
    expect(await exitOf('echo -n DONE > /dev/termination-log', LOG)).toEqual({ exitCode: 0, message: 'DONE' });
  });

  test('is empty again for the next instance', async () => {
    expect(await exitOf('echo first > /dev/termination-log; exit 1', LOG)).toMatchObject({ message: 'first\n' });
    expect(await exitOf('cat /dev/termination-log; exit 1', LOG)).toEqual({ exitCode: 1, message: undefined });
    expect(await exitOf('echo third > /dev/termination-log', LOG)).toMatchObject({ message: 'third\n' });
  });

  test('can be written by any user to any path on a read-only root file system', async () => {
    const more = {
      terminationMessagePath: '/var/run/why',
      securityContext: { runAsUser: 1000, readOnlyRootFilesystem: true },
    };
    expect(await exitOf('echo denied > /var/run/why; exit 3', more)).toEqual({ exitCode: 3, message: 'denied\n' });
  });

  test('is the end of a file that is too long', async () => {
    const { message } = await exitOf(
      'yes | head -c 100000 > /dev/termination-log; echo end >> /dev/termination-log',
      LOG,
    );
    expect(message).toMatch(/^(y\n)+end\n$/);
    expect(message).toHaveLength(4096);
  });

  test('is the end of the log if the file is empty and the policy allows it', async () => {
    const orLog = { ...LOG, terminationMessagePolicy: 'FallbackToLogsOnError' } as const;
    expect(await exitOf('echo oops; exit 2', orLog)).toEqual({ exitCode: 2, message: 'oops\n' });
    expect(await exitOf('echo fine', orLog)).toEqual({ exitCode: 0, message: undefined });
    expect(await exitOf('echo oops; echo why > /dev/termination-log; exit 2', orLog)).toMatchObject({
      message: 'why\n',
    });
  });
});
