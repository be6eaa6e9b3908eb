import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { podRunOf } from '../../matchers/kernel/call/received';
import { NEVER } from '../../src/clock/instant';
import type { LivePod } from '../../src/pod/live/livePod';
import { type RunPodOptions, runPod } from '../../src/pod/live/runPod';
import { registry, removePods } from '../../src/pod/shared/registry';
import { describeOnEngine } from './onEngine';

// An engine on cgroup v1 may miss what the kernel does in a container's first moment, or in its last.
const EATS_MEMORY = ['sh', '-c', 'sleep 0.3; tail /dev/zero; code=$?; sleep 0.5; exit $code'];

function run(container: object, spec: object = {}, options: RunPodOptions = {}): Promise<LivePod> {
  const web = { name: 'web', image: 'busybox:1.36', ...container };
  const containers = [web];
  return runPod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers, ...spec } }, options);
}

/** Returns the terminated state of a container that ran once. */
async function endOf(container: object): Promise<object | undefined> {
  const pod = await run(container, { restartPolicy: 'Never' });
  while (!pod.ended) await podRunOf(pod).progress(NEVER);
  return pod.status.containerStatuses[0]?.state.terminated;
}

describeOnEngine('the terminated state of a container', () => {
  afterEach(() => {
    for (const pod of registry().pods) pod.remove();
  });
  afterAll(() => removePods('file'));

  test('has the exit code and the termination message', async () => {
    const command = ['sh', '-c', 'echo -n no database > /dev/termination-log; exit 3'];
    expect(await endOf({ command })).toMatchObject({ exitCode: 3, reason: 'Error', message: 'no database' });
  });

  test('has the end of the log if terminationMessagePolicy is FallbackToLogsOnError', async () => {
    const command = ['sh', '-c', 'echo no database >&2; exit 3'];
    const terminationMessagePolicy = 'FallbackToLogsOnError';
    expect(await endOf({ command, terminationMessagePolicy })).toMatchObject({ message: 'no database\n' });
  });

  test('has the reason OOMKilled if the container exceeds its memory limit', async () => {
    const resources = { limits: { memory: '16Mi' } };
    expect(await endOf({ command: EATS_MEMORY, resources })).toMatchObject({
      exitCode: 137,
      reason: 'OOMKilled',
    });
  });

  describe('after the kernel kills a child of the main process', () => {
    const resources = { limits: { memory: '16Mi' } };
    const command = ['sh', '-c', 'sleep 0.3; tail /dev/zero; sleep 1; exit 3'];
    const never = { restartPolicy: 'Never' };

    test('has the reason OOMKilled, and the timeline records the killed process', async () => {
      const pod = await run({ command, resources }, never);
      while (!pod.ended) await podRunOf(pod).progress(NEVER);
      expect(pod.status.containerStatuses[0]?.state.terminated).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
      expect(pod.timeline.of('ProcessOOMKilled')).toMatchObject([{ container: 'web', endsContainer: true }]);
    });

    test.each([{ singleProcessOOMKill: true }, { cgroup: 'v1' as const }, { kubernetesVersion: '1.27' }])(
      'has the exit code of the main process with %p',
      async (options) => {
        const pod = await run({ command, resources }, never, options);
        while (!pod.ended) await podRunOf(pod).progress(NEVER);
        expect(pod.status.containerStatuses[0]?.state.terminated).toMatchObject({ exitCode: 3 });
        expect(pod.timeline.of('ProcessOOMKilled')).toMatchObject([{ container: 'web', endsContainer: false }]);
      },
    );
  });

  test.each([['nosuch'], ['/etc/passwd'], ['/etc']])(
    'has the reason StartError if the command is %s',
    async (program) => {
      expect(await endOf({ command: [program] })).toMatchObject({
        exitCode: 128,
        reason: 'StartError',
        message: expect.stringContaining(program),
      });
    },
  );

  test('is not set if runAsNonRoot prevents the creation', async () => {
    const pod = await run({ securityContext: { runAsNonRoot: true } });
    const waiting = () => pod.status.containerStatuses[0]?.state.waiting;
    while (waiting()?.reason !== 'CreateContainerConfigError') await podRunOf(pod).progress(NEVER);
    expect(waiting()?.message).toMatch(/^container has runAsNonRoot and image will run as root \(pod: "shop_default\(/);
    expect(pod.timeline.of('Created')).toEqual([]);
  });

  test('follows the stop signal of the manifest with the gate ContainerStopSignals', async () => {
    const script = 'trap "exit 0" QUIT; touch /tmp/up; while true; do sleep 0.01; done';
    const lifecycle = { stopSignal: 'SIGQUIT' };
    const featureGates = { ContainerStopSignals: true };
    const pod = await run({ command: ['sh', '-c', script], lifecycle }, { os: { name: 'linux' } }, { featureGates });
    await pod.container('web').exec(['sh', '-c', 'until test -e /tmp/up; do sleep 0.01; done']);
    await pod.delete();
    expect(pod.timeline.of('SignalSent').map(({ signal }) => signal)).toEqual(['SIGQUIT']);
    expect(pod.timeline.of('ContainerExited')).toMatchObject([{ exitCode: 0 }]);
  });
});
