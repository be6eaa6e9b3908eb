import { expect, test } from '@jest/globals';
import { kubectl, type LivePod, type PodStatus, runPod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { expectSameOrderInSimulation } from '../../specs/fidelity/replay/sameOrder';

// The first restart is immediate, the second comes after 10s.
test.each<[string, PodStatus['phase'], string]>([
  ['always-0', 'Running', 'Running, Completed, Running, Completed, CrashLoopBackOff, Running'],
  ['always-1', 'Running', 'Running, Error, Running, Error, CrashLoopBackOff, Running'],
  ['onfailure-1', 'Running', 'Running, Error, Running, Error, CrashLoopBackOff, Running'],
])('%s restarts and keeps the phase %s: %s', async (name, phase, statuses) => {
  const pod = await runPod(`${__dirname}/pods.yaml`, { workload: `Pod/${name}` });

  await expect(pod).toRestart({ times: 2 });

  expect(pod).toHavePhase(phase);
  expect(statusesOf(pod)).toBe(`Pending, ContainerCreating, ${statuses}`);
  expect(pod).toHaveEvent('BackOff');
  await expectSameOrderInSimulation(pod);
});

test.each<[string, PodStatus['phase'], string]>([
  ['onfailure-0', 'Succeeded', 'Running, Completed'],
  ['never-0', 'Succeeded', 'Running, Completed'],
  ['never-1', 'Failed', 'Running, Error'],
])('%s never restarts and ends in the phase %s: %s', async (name, phase, statuses) => {
  const pod = await runPod(`${__dirname}/pods.yaml`, { workload: `Pod/${name}` });

  await expect(pod).not.toRestart();

  expect(pod).toHavePhase(phase);
  expect(statusesOf(pod)).toBe(`Pending, ContainerCreating, ${statuses}`);
  await expectSameOrderInSimulation(pod);
});

/** Returns the STATUS column of `kubectl get pod -w`, without repetitions. */
function statusesOf({ timeline, pod }: LivePod): string {
  const [, ...rows] = kubectl.getPodWatch(timeline, pod);
  const statuses = rows.map((row) => row.split(/\s+/)[2]);
  return statuses.filter((status, index) => status !== statuses[index - 1]).join(', ');
}
