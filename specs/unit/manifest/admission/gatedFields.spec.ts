import { describe, expect, test } from '@jest/globals';
import { GATED_FIELDS } from '../../../../src/manifest/admission/gatedFields';
import { loadManifest, loadPod } from '../../../../src/manifest/loadPod';

const web = { name: 'web', image: 'web:1' };
const podOf = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [web], ...spec },
});
const probed = (handler: object) => podOf({ containers: [{ ...web, readinessProbe: handler }] });
const http2 = probed({ httpGet: { port: 80, protocol: 'HTTP2' } });
const mounted = { ...web, volumeMounts: [{ name: 'data', mountPath: '/data', bindMountOptions: ['noexec'] }] };

const NEW: readonly (readonly [gate: string, field: string, pod: object])[] = [
  ['H2CContainerProbe', 'containers[0].readinessProbe.httpGet.protocol', http2],
  ['GRPCContainerProbeTLS', 'containers[0].readinessProbe.grpc.mode', probed({ grpc: { port: 9090, mode: 'TLS' } })],
  ['EmptyDirVolumeMode', 'volumes[0].emptyDir.mode', podOf({ volumes: [{ name: 'data', emptyDir: { mode: 448 } }] })],
  [
    'VolumeBindMountOptions',
    'containers[0].volumeMounts[0].bindMountOptions',
    podOf({ containers: [mounted], volumes: [{ name: 'data', emptyDir: {} }] }),
  ],
  [
    'AtomicWriteVolumeUserFields',
    'volumes[0].projected.sources[0].secret.items[0].user',
    podOf({
      volumes: [
        {
          name: 'keys',
          projected: {
            sources: [{ secret: { name: 'keys', optional: true, items: [{ key: 'a', path: 'a', user: 1 }] } }],
          },
        },
      ],
    }),
  ],
  [
    'EvictionRequestAPI',
    'evictionResponders',
    podOf({ evictionResponders: [{ name: 'acme.io/foo', priority: 10_000 }] }),
  ],
];

describe.each(NEW)('feature gate %s', (gate, field, pod) => {
  test('drops its field in 1.37 because the gate is off by default', () => {
    expect(loadManifest(pod).notes).toEqual([
      `manifest: ${field} has no effect: the API server drops it because the feature gate ${gate} is off`,
    ]);
    expect(loadManifest(pod, { featureGates: { [gate]: true } }).notes.join()).not.toContain('drops it');
  });

  test('rejects its field before 1.37', () => {
    expect(() => loadPod(pod, { kubernetesVersion: '1.36' })).toThrow(
      `spec.${field}: unknown field. It needs Kubernetes 1.37 or later, and this is 1.36`,
    );
  });
});

test('lists each gated field once', () => {
  const fields = GATED_FIELDS.map(({ field }) => field);
  expect(new Set(fields).size).toBe(fields.length);
});

test('validates protocol HTTP2 while its gate is on', () => {
  const load = (httpGet: object) =>
    loadPod(probed({ httpGet: { port: 80, protocol: 'HTTP2', ...httpGet } }), {
      featureGates: { H2CContainerProbe: true },
      allow: ['host'],
    });
  expect(load({}).spec.containers[0]?.readinessProbe?.httpGet?.protocol).toBe('HTTP2');
  expect(() => load({ scheme: 'HTTPS' })).toThrow('is only supported with HTTP (H2C)');
  expect(() => load({ host: 'a.example' })).toThrow('must be empty when `protocol` is "HTTP2"');
  expect(() => load({ protocol: 'HTTP3' })).toThrow('Unsupported value: "HTTP3"');
});

test('drops only restartPolicy of init containers while SidecarContainers is off', () => {
  const sidecar = podOf({ initContainers: [{ ...web, name: 'proxy', restartPolicy: 'Always' }] });
  const policyIn = (kubernetesVersion: string, featureGates = {}) =>
    loadPod(sidecar, { kubernetesVersion, featureGates }).spec.initContainers[0]?.restartPolicy;
  expect(policyIn('1.37')).toBe('Always');
  expect(policyIn('1.29')).toBe('Always');
  expect(policyIn('1.28')).toBeUndefined();
  expect(policyIn('1.28', { SidecarContainers: true })).toBe('Always');
  expect(policyIn('1.32', { SidecarContainers: false })).toBeUndefined();
  expect(() => policyIn('1.27')).toThrow('unknown field. It needs Kubernetes 1.28');
});

describe('admission of a sleep hook', () => {
  const slept = podOf({ containers: [{ ...web, lifecycle: { preStop: { sleep: { seconds: 5 } } } }] });
  const hooksIn = (kubernetesVersion: string, featureGates = {}) =>
    loadPod(slept, { kubernetesVersion, featureGates }).spec.containers[0]?.lifecycle;

  test('rejects the field before 1.29', () => {
    expect(() => hooksIn('1.28')).toThrow(
      'spec.containers[0].lifecycle.preStop.sleep: unknown field. It needs Kubernetes 1.29 or later, and this is 1.28',
    );
  });

  test('rejects the hook in 1.29, where the gate is off and leaves no handler', () => {
    expect(() => hooksIn('1.29')).toThrow('lifecycle.preStop: Required value: must specify a handler type');
    expect(hooksIn('1.29', { PodLifecycleSleepAction: true })).toEqual({ preStop: { sleep: { seconds: 5 } } });
  });

  test('drops the hook since 1.30 if the gate is turned off', () => {
    expect(hooksIn('1.30', { PodLifecycleSleepAction: false })).toBeUndefined();
    expect(hooksIn('1.30')).toEqual({ preStop: { sleep: { seconds: 5 } } });
    expect(hooksIn('1.37')).toEqual({ preStop: { sleep: { seconds: 5 } } });
  });
});
