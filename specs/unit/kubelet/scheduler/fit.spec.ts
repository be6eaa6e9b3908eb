import { expect, test } from '@jest/globals';
import { findUnschedulable, podRequest } from '../../../../src/kubelet/scheduler/fit';
import type { Container, Pod, PodSpec } from '../../../../src/manifest/model';

const asks = (cpu: string, more: Partial<Container> = {}): Container => ({
  name: 'web',
  image: 'web:dev',
  imagePullPolicy: 'Never',
  resources: { requests: { cpu } },
  ...more,
});
const sidecar = (cpu: string) => asks(cpu, { restartPolicy: 'Always' });

function spec(containers: readonly Container[], initContainers: readonly Container[] = []): PodSpec {
  return { restartPolicy: 'Always', containers, initContainers };
}

const milli = (nanos: bigint) => Number(nanos / 1_000_000n);
const cpuOf = (of: PodSpec) => milli(podRequest(of, 'cpu'));

test('adds up the requests of containers', () => {
  expect(cpuOf(spec([asks('500m'), asks('1'), asks('0')]))).toBe(1_500);
  expect(cpuOf(spec([{ ...asks('0'), resources: {} }]))).toBe(0);
});

test('counts only the largest init container, because they run one after another', () => {
  expect(cpuOf(spec([asks('500m')], [asks('2'), asks('1')]))).toBe(2_000);
  expect(cpuOf(spec([asks('3')], [asks('2'), asks('1')]))).toBe(3_000);
});

test('adds a sidecar to the containers and to later init containers', () => {
  expect(cpuOf(spec([asks('500m')], [sidecar('1')]))).toBe(1_500);
  expect(cpuOf(spec([asks('500m')], [sidecar('1'), asks('2')]))).toBe(3_000);
  expect(cpuOf(spec([asks('500m')], [asks('2'), sidecar('1')]))).toBe(2_000);
});

test('uses the requests of the pod instead of those of its containers', () => {
  expect(cpuOf({ ...spec([asks('3')]), resources: { requests: { cpu: '1' } } })).toBe(1_000);
  expect(cpuOf({ ...spec([asks('3')]), resources: { limits: { cpu: '2' } } })).toBe(2_000);
  expect(cpuOf({ ...spec([asks('3')]), resources: { limits: { memory: '1Gi' } } })).toBe(3_000);
});

const pod = (requests: Record<string, string>): Pod => ({
  metadata: { name: 'shop', namespace: 'default', uid: '1' },
  spec: spec([asks('0', { resources: { requests } })]),
});

test('accepts a pod that requests all resources of the node, and rejects a larger one', () => {
  const config = { kubernetesVersion: '1.36', allocatable: { cpu: '2', memory: '1Gi' } };
  expect(findUnschedulable(pod({ cpu: '2', memory: '1024Mi' }), config)).toBeUndefined();
  expect(findUnschedulable(pod({ cpu: '2001m' }), config)).toBe(
    '0/1 nodes are available: 1 Insufficient cpu. ' +
      'preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
  );
  expect(findUnschedulable(pod({ cpu: '3', memory: '2Gi' }), { ...config, kubernetesVersion: '1.33' })).toBe(
    '0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory. ' +
      'preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.',
  );
});

test('accepts any pod if the resources of the node are unknown', () => {
  expect(findUnschedulable(pod({ cpu: '1000' }), { kubernetesVersion: '1.36' })).toBeUndefined();
  expect(findUnschedulable(pod({ cpu: '1000' }), { kubernetesVersion: '1.36', allocatable: {} })).toBeUndefined();
});
