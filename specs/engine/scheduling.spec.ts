import { afterAll, afterEach, expect, test } from '@jest/globals';
import { runPod } from '../../src/pod/live/runPod';
import { registry, removePods } from '../../src/pod/shared/registry';
import { findEngine } from '../../src/runtime/docker/engine/engine';
import 'jest-kubelet/jest-globals';
import { describeOnEngine } from './onEngine';

const requesting = (requests: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'shop' },
  spec: { containers: [{ name: 'web', image: 'busybox:1.36', command: ['sleep', '600'], resources: { requests } }] },
});

describeOnEngine('resource requests', () => {
  afterEach(() => {
    for (const pod of registry().pods) pod.remove();
  });
  // It ends the agent too.
  afterAll(() => removePods('file'));

  test.each([
    ['CPU', { cpu: '1000' }, '1 Insufficient cpu'],
    ['memory', { memory: '1Pi' }, '1 Insufficient memory'],
  ])('keep the pod Pending if the engine lacks %s, and end each wait immediately', async (_, requests, reason) => {
    const pod = await runPod(requesting(requests));
    await expect(expect(pod).toBecomeReady({ within: '10m' })).rejects.toThrow(`0/1 nodes are available: ${reason}. `);
    await expect(expect(pod).toRestart({ within: '10m' })).rejects.toThrow('no restart');
    expect(pod.ended).toBe(true);
    expect(pod.status).toMatchObject({
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }],
    });
    expect(pod.events.map(({ kind }) => kind)).toEqual(['FailedScheduling']);
    await expect(pod.container('web').exec(['true'])).rejects.toThrow(
      "container web: is not running, and the pod's phase is Pending. Read the pod's events to find out why",
    );
    expect(pod.timeline.of('SandboxStarted')).toEqual([]);
    await pod.delete();
    expect(pod.timeline.of('PodRemoved')).toHaveLength(1);
  });

  test('schedule a pod that requests all resources of the engine', async () => {
    const { allocatable } = await findEngine();
    const pod = await runPod(requesting(allocatable));
    await expect(pod).toBecomeReady({ within: '30s' });
  });
});
