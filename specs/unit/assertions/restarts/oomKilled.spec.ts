import { describe, expect, test } from '@jest/globals';
import { evaluate } from '../../../../src/assertions/evaluate';
import { simulatePod } from '../../../../src/pod/simulated/simulatePod';

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'web', image: 'web', resources: { limits: { memory: '64Mi' } } }] },
};

function run(process: 'main' | 'child', cgroup: 'v1' | 'v2') {
  const pod = simulatePod(POD, { web: [{ at: '5s', oomKill: process }] }, { cgroup });
  pod.advance('4s');
  const { timeline } = pod;
  const since = timeline.events.length;
  const steady = () => evaluate({ kind: 'steadyState' }, { timeline, pod: pod.pod, since, actedAt: timeline.now });
  expect(steady().outcome).toBe('pending');
  pod.advance('2s');
  return steady();
}

describe('evaluate steadyState after an OOM kill', () => {
  test('fails if the kernel kills a child process, although the container keeps running', () => {
    expect(run('child', 'v1')).toMatchObject({ outcome: 'failed', event: { kind: 'ProcessOOMKilled' } });
  });

  test('fails at the OOM kill, not at the restart after it', () => {
    expect(run('child', 'v2')).toMatchObject({
      outcome: 'failed',
      received: { kind: 'container', container: 'web', state: 'oomKilled' },
    });
    expect(run('main', 'v2')).toMatchObject({ outcome: 'failed', event: { kind: 'ContainerExited' } });
  });
});
