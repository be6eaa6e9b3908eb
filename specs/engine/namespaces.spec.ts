import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { PodSpec } from '../../src/manifest/model';
import type { Run } from '../../src/runtime/docker/run';
import { EnginePod } from './enginePod';
import { describeOnEngine } from './onEngine';
import { processesIn } from './processesIn';
import { beginSpecRun } from './specRun';

const SLEEPS = { command: ['sleep', '600'] };

describeOnEngine('the namespaces of a pod', () => {
  let run: Run;
  let end: () => Promise<void>;
  let pod: EnginePod;
  let pods = 0;

  beforeAll(async () => {
    ({ run, end } = await beginSpecRun());
  });
  afterAll(() => end());
  afterEach(() => pod.runtime.remove());

  function podWith(spec: Partial<PodSpec>): EnginePod {
    pods += 1;
    pod = new EnginePod(run, String(pods), [], { spec });
    return pod;
  }

  async function said(id: string, script: string): Promise<string> {
    const { output } = await pod.runtime.execInContainer(id, ['sh', '-c', script]);
    return output ?? '';
  }

  test('share a hosts file with the host aliases and the full host name', async () => {
    const hostAliases = [{ ip: '10.1.2.3', hostnames: ['db', 'db.local'] }];
    const id = await podWith({ hostAliases, hostname: 'web-0', subdomain: 'shop' }).start(SLEEPS);
    expect(await said(id, 'hostname; hostname -f; grep 10.1.2.3 /etc/hosts')).toBe(
      'web-0\nweb-0.shop.default.svc.cluster.local\n10.1.2.3\tdb\n10.1.2.3\tdb.local\n',
    );
  });

  test('keep processes apart, so each container is its own PID 1', async () => {
    const id = await podWith({}).start(SLEEPS);
    expect(await said(id, 'cat /proc/1/cmdline')).toBe('sleep\x00600\x00');
  });

  test('share processes with the sandbox as PID 1 if shareProcessNamespace is true', async () => {
    const id = await podWith({ shareProcessNamespace: true }).start(SLEEPS);
    const other = await pod.start({ command: ['sleep', '601'] });
    expect(await said(id, 'cat /proc/1/comm; pidof sleep | wc -w')).toBe('pause\n2\n');

    const exit = await pod.do({ kind: 'SignalContainer', id, signal: 'stop' }, 'ContainerExited');
    expect(exit).toMatchObject({ id, exitCode: 143 });
    expect(await said(other, 'pidof sleep | wc -w')).toBe('1\n');
  });

  test('contain no process and no zombie of a killed container', async () => {
    const children = { command: ['sh', '-c', 'sleep 602 & sleep 603 & wait'] };
    const id = await podWith({ shareProcessNamespace: true }).start(children);
    const other = await pod.start(SLEEPS);
    await pod.do({ kind: 'SignalContainer', id, signal: 'SIGKILL' }, 'ContainerExited');
    expect(await said(other, 'pidof sleep | wc -w; grep -l "^State:.Z" /proc/[0-9]*/status')).toBe('1\n');
  });

  test('list an exited process until its parent waits for it', async () => {
    const id = await podWith({}).start({ command: ['sh', '-c', 'true & exec sleep 600'] });
    const states = async () => (await processesIn(run, id)).map(({ state }) => state).toSorted();
    // The shell may still be starting.
    while ((await states()).length < 2 || (await said(id, 'cat /proc/1/comm')) !== 'sleep\n');
    expect(await states()).toEqual(['S', 'Z']);
  });

  test('are those of the machine if hostNetwork and hostPID are allowed', async () => {
    pod = podWith({ hostNetwork: true, hostPID: true });
    const { podIP } = await pod.do({ kind: 'CreateSandbox', attempt: 0 }, 'SandboxStarted');
    expect(podIP).toMatch(/^\d+(\.\d+){3}$/);
    const { id } = await pod.create(SLEEPS);
    await pod.do({ kind: 'StartContainer', id }, 'ContainerStarted');
    const script = `ip -o -4 addr | grep -c -w ${podIP}; test $(echo /proc/[0-9]* | wc -w) -gt 3 && echo many`;
    expect(await said(id, script)).toBe('1\nmany\n');
  });
});
