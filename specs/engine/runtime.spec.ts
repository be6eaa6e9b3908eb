import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Run } from '../../src/runtime/docker/run';
import { EnginePod } from './enginePod';
import { describeOnEngine } from './onEngine';
import { beginSpecRun } from './specRun';

const SLEEPS = { command: ['sleep', '600'] };
const HEEDS_SIGTERM = { command: ['sh', '-c', 'trap "exit 3" TERM; touch /up; while true; do sleep 0.01; done'] };
// An engine on cgroup v1 may miss what the kernel does in a container's first moment, or in its last.
const EATS_MEMORY = ['sh', '-c', 'sleep 0.3; tail /dev/zero; code=$?; sleep 0.5; exit $code'];
const isUp = ['sh', '-c', 'until test -e /up; do sleep 0.01; done'];

describeOnEngine('DockerRuntime', () => {
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

  test('keeps the IP and the host name of the pod after a restart of a container', async () => {
    const { podIP } = await pod.do({ kind: 'CreateSandbox', attempt: 0 }, 'SandboxStarted');
    const { id: first } = await pod.create(SLEEPS);
    await pod.do({ kind: 'StartContainer', id: first }, 'ContainerStarted');
    await pod.runtime.execInContainer(first, ['touch', '/tmp/mark']);
    await pod.do({ kind: 'SignalContainer', id: first, signal: 'SIGKILL' }, 'ContainerExited');

    const second = await pod.start(SLEEPS);
    const look = await pod.runtime.execInContainer(second, ['sh', '-c', 'hostname; hostname -i; ls /tmp']);
    expect(look).toEqual({ kind: 'Exited', exitCode: 0, output: `checkout\n${podIP}\n` });
  });

  test('reports an exit with its exit code', async () => {
    await pod.start({ command: ['sh', '-c', 'exit 7'] });
    expect(await pod.next('ContainerExited')).toMatchObject({ exitCode: 7 });
  });

  test('reports the start of a short-lived container before its exit', async () => {
    await pod.start({ command: ['true'] });
    await pod.next('ContainerExited');
    expect(pod.seen.map(({ kind }) => kind).slice(-2)).toEqual(['ContainerStarted', 'ContainerExited']);
  });

  test('reports OOMKilled if the kernel kills the container for memory', async () => {
    await pod.start({ command: EATS_MEMORY, resources: { limits: { memory: '16Mi' } } });
    expect(await pod.next('ContainerExited')).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
  });

  test('sends the stop signal to PID 1, and SIGKILL ends a container that ignores it', async () => {
    const listens = await pod.start(HEEDS_SIGTERM);
    await pod.runtime.execInContainer(listens, isUp);
    const stopped = await pod.do({ kind: 'SignalContainer', id: listens, signal: 'stop' }, 'ContainerExited');
    expect(stopped.exitCode).toBe(3);

    const deaf = await pod.start(SLEEPS);
    pod.runtime.perform({ kind: 'SignalContainer', id: deaf, signal: 'stop' });
    const killed = await pod.do({ kind: 'SignalContainer', id: deaf, signal: 'SIGKILL' }, 'ContainerExited');
    expect(killed.exitCode).toBe(137);
  });

  test('sends the stop signal of the manifest', async () => {
    const id = await pod.start({
      command: ['sh', '-c', 'trap "exit 4" USR1; touch /up; while true; do sleep 0.01; done'],
      lifecycle: { stopSignal: 'SIGUSR1' },
    });
    await pod.runtime.execInContainer(id, isUp);
    expect(await pod.do({ kind: 'SignalContainer', id, signal: 'stop' }, 'ContainerExited')).toMatchObject({
      exitCode: 4,
    });
  });

  test('reports a command that the image lacks', async () => {
    await pod.do({ kind: 'CreateSandbox', attempt: 0 }, 'SandboxStarted');
    const { id } = await pod.create({ command: ['nosuch'] });
    const { message } = await pod.do({ kind: 'StartContainer', id }, 'ContainerStartFailed');
    expect(message).toContain('exec: "nosuch": executable file not found in $PATH');
  });

  test('reports which images are on the engine', async () => {
    const inspect = (image: string) => ({ kind: 'InspectImage', container: 'web', image }) as const;
    expect(await pod.do(inspect('busybox:1.36'), 'ImageInspected')).toMatchObject({ present: true });
    expect(await pod.do(inspect('localhost:1/nosuch:1'), 'ImageInspected')).toMatchObject({ present: false });
  });

  test('fails to pull from a registry that does not respond, unless the image is given', async () => {
    const pull = (image: string) => ({ kind: 'PullImage', container: 'web', image }) as const;
    expect(await pod.do(pull('localhost:1/nosuch:1'), 'ImagePullFailed')).toMatchObject({
      reason: 'ErrImagePull',
      message: expect.stringContaining('connection refused'),
    });
    const giving = new EnginePod(run, 'giving', ['busybox:1.36']);
    expect(await giving.do(pull('busybox:1.36'), 'ImagePulled')).toMatchObject({ container: 'web' });
  });

  test('keeps the output of the previous instance', async () => {
    await pod.start({ command: ['sh', '-c', 'echo first; echo oops >&2'] });
    await pod.next('ContainerExited');
    const from = pod.seen.length;
    await pod.start({ command: ['echo', 'second'] });
    await pod.next('ContainerExited', from);
    expect(await pod.runtime.logs('web')).toBe('second\n');
    expect(await pod.runtime.logs('web', { previous: true })).toMatch(/^(first\noops\n|oops\nfirst\n)$/);
  });

  test('leaves no container if the pod is removed during its start', async () => {
    pod.runtime.perform({ kind: 'CreateSandbox', attempt: 0 });
    await pod.runtime.remove();
    const filters = { label: [`jest-kubelet.pod=${run.id}.${pods}`] };
    expect(await run.engine.docker.listContainers({ all: true, filters })).toEqual([]);
    expect(pod.failures).toEqual([]);
  });
});
