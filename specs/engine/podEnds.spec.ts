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

/** How the only run of such a container ended, as the API shows it. */
async function endOf(container: object): Promise<object | undefined> {
  const pod = await run(container, { restartPolicy: 'Never' });
  while (!pod.ended) await podRunOf(pod).progress(NEVER);
  return pod.status.containerStatuses[0]?.state.terminated;
}

describeOnEngine('the end of a container, as the API shows it', () => {
  afterEach(() => {
    for (const pod of registry().pods) pod.remove();
  });
  afterAll(() => removePods('file'));

  test('has its exit code, and the message it left', async () => {
    const command = ['sh', '-c', 'echo -n no database > /dev/termination-log; exit 3'];
    expect(await endOf({ command })).toMatchObject({ exitCode: 3, reason: 'Error', message: 'no database' });
  });

  test('has the end of the log where the manifest asks for that', async () => {
    const command = ['sh', '-c', 'echo no database >&2; exit 3'];
    const terminationMessagePolicy = 'FallbackToLogsOnError';
    expect(await endOf({ command, terminationMessagePolicy })).toMatchObject({ message: 'no database\n' });
  });

  test('is OOMKilled where it wanted more memory than its limit', async () => {
    const resources = { limits: { memory: '16Mi' } };
    expect(await endOf({ command: EATS_MEMORY, resources })).toMatchObject({
      exitCode: 137,
      reason: 'OOMKilled',
    });
  });

  describe('if the kernel kills a child of the main process', () => {
    const resources = { limits: { memory: '16Mi' } };
    const command = ['sh', '-c', 'sleep 0.3; tail /dev/zero; sleep 1; exit 3'];
    const never = { restartPolicy: 'Never' };

    test('is that of the whole container, and the timeline tells it', async () => {
      const pod = await run({ command, resources }, never);
      while (!pod.ended) await podRunOf(pod).progress(NEVER);
      expect(pod.status.containerStatuses[0]?.state.terminated).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
      expect(pod.timeline.of('ProcessOOMKilled')).toMatchObject([{ container: 'web', endsContainer: true }]);
    });

    test.each([{ singleProcessOOMKill: true }, { cgroup: 'v1' as const }, { kubernetesVersion: '1.27' }])(
      'is its own with %p',
      async (options) => {
        const pod = await run({ command, resources }, never, options);
        while (!pod.ended) await podRunOf(pod).progress(NEVER);
        expect(pod.status.containerStatuses[0]?.state.terminated).toMatchObject({ exitCode: 3 });
        expect(pod.timeline.of('ProcessOOMKilled')).toMatchObject([{ container: 'web', endsContainer: false }]);
      },
    );
  });

  test.each([['nosuch'], ['/etc/passwd'], ['/etc']])('is a StartError where %s is to be run', async (program) => {
    expect(await endOf({ command: [program] })).toMatchObject({
      exitCode: 128,
      reason: 'StartError',
      message: expect.stringContaining(program),
    });
  });

  test('does not come where it must not run as root: it is never created', async () => {
    const pod = await run({ securityContext: { runAsNonRoot: true } });
    const waiting = () => pod.status.containerStatuses[0]?.state.waiting;
    while (waiting()?.reason !== 'CreateContainerConfigError') await podRunOf(pod).progress(NEVER);
    expect(waiting()?.message).toMatch(/^container has runAsNonRoot and image will run as root \(pod: "shop_default\(/);
    expect(pod.timeline.of('Created')).toEqual([]);
  });

  test('begins with the stop signal of the manifest if the gate ContainerStopSignals is on', async () => {
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
