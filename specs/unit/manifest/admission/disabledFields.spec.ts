import { describe, expect, test } from '@jest/globals';
import { loadManifest, loadPod } from '../../../../src/manifest/loadPod';

const web = { name: 'web', image: 'web:1' };
const podOf = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [web], ...spec },
});
const stops = podOf({
  os: { name: 'linux' },
  containers: [{ ...web, lifecycle: { stopSignal: 'SIGUSR1', preStop: { sleep: { seconds: 1 } } } }],
});

describe('admission of lifecycle.stopSignal', () => {
  test('drops the field with a note while ContainerStopSignals is off', () => {
    const { pod, notes } = loadManifest(stops);
    expect(pod.spec.containers[0]?.lifecycle).toEqual({ preStop: { sleep: { seconds: 1 } } });
    expect(notes).toEqual([
      'manifest: containers[0].lifecycle.stopSignal has no effect: the API server drops it because the feature gate ContainerStopSignals is off',
    ]);
  });

  test('keeps the field while ContainerStopSignals is on', () => {
    const { pod, notes } = loadManifest(stops, { featureGates: { ContainerStopSignals: true } });
    expect(pod.spec.containers[0]?.lifecycle?.stopSignal).toBe('SIGUSR1');
    expect(notes).toEqual([]);
  });

  test('drops the field before it checks spec.os.name and lifecycle of init containers', () => {
    const init = { ...web, name: 'init', lifecycle: { stopSignal: 'SIGUSR1' } };
    const pod = podOf({ initContainers: [init], containers: [{ ...web, lifecycle: { stopSignal: 'SIGINT' } }] });
    expect(loadPod(pod).spec.initContainers[0]).not.toHaveProperty('lifecycle');
    expect(() => loadPod(pod, { featureGates: { ContainerStopSignals: true } })).toThrow(
      'may not be set for containers with empty `spec.os.name`',
    );
  });

  test('drops the field with any value', () => {
    const pod = podOf({ containers: [{ ...web, lifecycle: { stopSignal: 'SIGWAIT' } }] });
    expect(loadPod(pod).spec.containers[0]).not.toHaveProperty('lifecycle');
  });

  test('rejects a signal that the operating system does not have', () => {
    const lifecycle = { stopSignal: 'SIGWAIT' };
    const pod = podOf({ os: { name: 'linux' }, containers: [{ ...web, lifecycle }] });
    expect(() => loadPod(pod, { featureGates: { ContainerStopSignals: true } })).toThrow(
      'spec.containers[0].lifecycle.stopSignal: Unsupported value: "SIGWAIT"',
    );
  });
});

test('rejects a pod that needs a field whose feature gate is off', () => {
  const image = podOf({ volumes: [{ name: 'model', image: { reference: 'model:1' } }] });
  expect(() => loadPod(image, { kubernetesVersion: '1.34' })).toThrow(
    'spec.volumes[0]: Required value: must specify a volume type',
  );
  const valueFrom = { fileKeyRef: { volumeName: 'env', path: 'app.env', key: 'KEY' } };
  const file = podOf({ containers: [{ ...web, env: [{ name: 'KEY', valueFrom }] }] });
  expect(() => loadPod(file, { kubernetesVersion: '1.34' })).toThrow('must specify one of');
  const limited = podOf({ resources: { limits: { memory: '64Mi' } } });
  expect(loadPod(limited, { kubernetesVersion: '1.33' }).spec).not.toHaveProperty('resources');
  expect(loadPod(limited).spec).toHaveProperty('resources');
});
