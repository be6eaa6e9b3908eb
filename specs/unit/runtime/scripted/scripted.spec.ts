import { describe, expect, test } from '@jest/globals';
import { type SimulatePodOptions, simulatePod, summarize } from 'jest-kubelet';

function played(oomKill: 'main' | 'child', options: SimulatePodOptions = {}) {
  const pod = simulatePod(
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'shop' },
      spec: { restartPolicy: 'Never', containers: [{ name: 'web', image: 'a:1' }] },
    },
    {
      web: [
        { at: '2s', oomKill },
        { at: '5s', exit: 3 },
      ],
    },
    options,
  );
  pod.advance('10s');
  const { exitCode, reason } = pod.status.containerStatuses[0]?.state.terminated ?? {};
  const [end] = pod.timeline.of('ContainerExited');
  return { pod, end: [end?.at, exitCode, reason] };
}

describe('OOM kill in a script', () => {
  test.each<SimulatePodOptions>([{}, { kubernetesVersion: '1.28' }, { cgroup: 'v2' }, { singleProcessOOMKill: false }])(
    'stops the whole container with %p',
    (options) => {
      expect(played('child', options).end).toEqual([2_000, 137, 'OOMKilled']);
    },
  );

  test.each<SimulatePodOptions>([
    { kubernetesVersion: '1.27' },
    { cgroup: 'v1' },
    { singleProcessOOMKill: true },
    { kubernetesVersion: '1.32', singleProcessOOMKill: true },
  ])('stops only one process with %p', (options) => {
    const { pod, end } = played('child', options);
    expect(end).toEqual([5_000, 3, 'OOMKilled']);
    expect(pod.timeline.of('ProcessOOMKilled')).toMatchObject([{ at: 2_000, container: 'web', endsContainer: false }]);
    expect(summarize(pod.timeline).map(({ text }) => text)).toContain(
      'the kernel killed a process at the memory limit, and the container keeps running',
    );
  });

  test('stops the container with any rule if it is the main process', () => {
    expect(played('main', { cgroup: 'v1' }).end).toEqual([2_000, 137, 'OOMKilled']);
  });
});

test.each([
  [{ cgroup: 'v3' }, "cgroup must be 'v1' or 'v2', received 'v3'"],
  [{ singleProcessOOMKill: 'yes' }, "singleProcessOOMKill must be true or false, received 'yes'"],
  [
    { kubernetesVersion: '1.31', singleProcessOOMKill: true },
    'singleProcessOOMKill needs Kubernetes 1.32 or later, and this is 1.31. Leave it out',
  ],
])('rejects the options %p', (options, message) => {
  expect(() => played('main', options as object)).toThrow(message);
});
