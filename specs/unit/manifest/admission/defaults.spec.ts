import { expect, test } from '@jest/globals';
import { applyDefaults } from '../../../../src/manifest/admission/defaults';
import { defaultPullPolicy } from '../../../../src/manifest/values/imageReference';

const containerOf = (container: object) => applyDefaults({ spec: { containers: [container] } }).spec.containers[0];

test('sets all defaults of a minimal pod', () => {
  expect(applyDefaults({ metadata: { name: 'web' }, spec: { containers: [{ name: 'web' }] } })).toEqual({
    metadata: {
      name: 'web',
      namespace: 'default',
      uid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    },
    spec: {
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      enableServiceLinks: true,
      initContainers: [],
      containers: [
        {
          name: 'web',
          image: '',
          imagePullPolicy: 'IfNotPresent',
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
        },
      ],
    },
  });
});

test('replaces zeros in a probe with defaults, except for initialDelaySeconds', () => {
  const zeros = {
    initialDelaySeconds: 0,
    timeoutSeconds: 0,
    periodSeconds: 0,
    successThreshold: 0,
    failureThreshold: 0,
  };
  const whole = {
    initialDelaySeconds: 0,
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  };
  expect(containerOf({ startupProbe: zeros })?.startupProbe).toEqual(whole);
  expect(containerOf({ livenessProbe: {} })?.livenessProbe).toEqual(whole);
  expect(containerOf({ readinessProbe: { grpc: { port: 1 } } })?.readinessProbe).toEqual({
    ...whole,
    grpc: { port: 1, service: '' },
  });
});

test('sets the path and scheme of HTTP probes and HTTP hooks', () => {
  const httpGet = { port: 80 };
  const container = containerOf({ livenessProbe: { httpGet }, lifecycle: { preStop: { httpGet } } });
  expect(container?.livenessProbe?.httpGet).toEqual({ port: 80, path: '/', scheme: 'HTTP' });
  expect(container?.lifecycle).toEqual({ preStop: { httpGet: { port: 80, path: '/', scheme: 'HTTP' } } });
});

test.each([
  ['nginx', 'Always'],
  ['nginx:latest', 'Always'],
  ['nginx:1.27', 'IfNotPresent'],
  ['localhost:5000/nginx', 'Always'],
  ['localhost:5000/nginx:1.27', 'IfNotPresent'],
  ['[::1]:5000/team/nginx', 'Always'],
  [`nginx@sha256:${'a'.repeat(64)}`, 'IfNotPresent'],
  [`nginx:latest@sha256:${'a'.repeat(64)}`, 'Always'],
  ['', 'IfNotPresent'],
  ['Nginx', 'IfNotPresent'],
  ['nginx:', 'IfNotPresent'],
] as const)('sets for image %s the pull policy %s', (image, policy) => {
  expect(defaultPullPolicy(image)).toBe(policy);
});

test('copies limits to missing requests, for init containers too', () => {
  const resources = { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '500m' } };
  const spec = applyDefaults({ spec: { initContainers: [{ resources }], containers: [{ resources }] } }).spec;
  const requests = { cpu: '500m', memory: '1Gi' };
  expect(spec).toMatchObject({
    initContainers: [{ resources: { requests } }],
    containers: [{ resources: { requests } }],
  });
});

test('copies container ports to host ports for a pod with hostNetwork', () => {
  const containers = [{ ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 8081 }] }];
  expect(applyDefaults({ spec: { hostNetwork: true, containers } }).spec.containers[0]?.ports).toEqual([
    { containerPort: 80, hostPort: 80, protocol: 'TCP' },
    { containerPort: 81, hostPort: 8081, protocol: 'TCP' },
  ]);
});

test.each([
  [undefined, 30],
  [0, 0],
  [-1, 1],
  [-30, 1],
  [45, 45],
])('replaces terminationGracePeriodSeconds %s with %s', (written, taken) => {
  const spec = { containers: [], ...(written === undefined ? {} : { terminationGracePeriodSeconds: written }) };
  expect(applyDefaults({ spec }).spec.terminationGracePeriodSeconds).toBe(taken);
});

test('returns equal pods for equal input, and leaves the input unchanged', () => {
  const pod = { metadata: { name: 'web' }, spec: { containers: [{ name: 'web', livenessProbe: {} }] } };
  const before = structuredClone(pod);
  expect(applyDefaults(pod)).toEqual(applyDefaults(pod));
  expect(pod).toEqual(before);
});
