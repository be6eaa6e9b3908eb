import path from 'node:path';
import { expect, test } from '@jest/globals';
import { loadPod } from '../../../src/manifest/loadPod';

const container = { name: 'web', image: 'web:1' };
const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [container] } };
const workload = (kind: string, spec: object = {}) => ({
  apiVersion: kind.endsWith('Job') ? 'batch/v1' : 'apps/v1',
  kind,
  metadata: { name: 'web', namespace: 'shop' },
  spec: { selector: { matchLabels: { app: 'web' } }, template, ...spec },
});

test('reads a pod from a file', () => {
  const pod = loadPod(path.join(__dirname, '../../../examples/liveness-http/pod.yaml'));
  expect(pod.metadata).toMatchObject({ name: 'liveness-http', namespace: 'default', labels: { test: 'liveness' } });
  expect(pod.spec.containers[0]?.livenessProbe).toEqual({
    httpGet: {
      path: '/healthz',
      port: 8080,
      scheme: 'HTTP',
      httpHeaders: [{ name: 'Custom-Header', value: 'Awesome' }],
    },
    initialDelaySeconds: 3,
    timeoutSeconds: 1,
    periodSeconds: 3,
    successThreshold: 1,
    failureThreshold: 3,
  });
});

test('reads a pod from one or several lines of text, and from an object', () => {
  const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [container] } };
  expect(loadPod(object).metadata.name).toBe('web');
  expect(loadPod(JSON.stringify(object)).metadata.name).toBe('web');
  expect(
    loadPod('{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: web, image: w}]}}'),
  ).toEqual(loadPodLike({ name: 'web' }));
  expect(loadPod(JSON.stringify(object, null, 2)).metadata.name).toBe('web');
});

test('gives every pod its own UID', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [container] } };
  expect(loadPod(pod).metadata.uid).not.toBe(loadPod(pod).metadata.uid);
});

test('creates the pod of a Deployment with the same name each time', () => {
  const { metadata } = loadPod(workload('Deployment'));
  expect(metadata.name).toMatch(/^web-[bcdf-hj-np-tvwxz2456789]{10}-[bcdf-hj-np-tvwxz2456789]{5}$/);
  expect(metadata).toMatchObject({
    namespace: 'shop',
    labels: { app: 'web', 'pod-template-hash': metadata.name.slice(4, 14) },
  });
  expect(loadPod(workload('Deployment')).metadata.name).toBe(metadata.name);
});

test.each(['ReplicaSet', 'DaemonSet'])('creates the pod of a %s', (kind) => {
  expect(loadPod(workload(kind)).metadata.name).toMatch(/^web-[a-z0-9]{5}$/);
});

test('creates the first pod of a StatefulSet with its name as the hostname', () => {
  const pod = loadPod(workload('StatefulSet', { serviceName: 'db' }));
  expect(pod.metadata).toMatchObject({ name: 'web-0', labels: { 'statefulset.kubernetes.io/pod-name': 'web-0' } });
  expect(pod.spec).toMatchObject({ hostname: 'web-0', subdomain: 'db' });
});

test('creates volumes for the claims of a StatefulSet', () => {
  const containers = [{ ...container, volumeMounts: [{ name: 'data', mountPath: '/data' }] }];
  const spec = {
    template: { ...template, spec: { containers } },
    volumeClaimTemplates: [{ metadata: { name: 'data' } }],
  };
  expect(loadPod(workload('StatefulSet', spec)).spec.volumes).toEqual([
    { name: 'data', persistentVolumeClaim: { claimName: 'data-web-0' } },
  ]);
});

test('creates the pod of a Job and of a CronJob', () => {
  const jobTemplate = { ...template, spec: { ...template.spec, restartPolicy: 'Never' } };
  const job = { ...workload('Job'), spec: { template: jobTemplate } };
  const cronJob = {
    ...workload('CronJob'),
    spec: { schedule: '* * * * *', jobTemplate: { spec: { template: jobTemplate } } },
  };
  expect(loadPod(job).spec.restartPolicy).toBe('Never');
  expect(loadPod(cronJob).spec.restartPolicy).toBe('Never');
});

test('finds the workload among other documents and in lists', () => {
  const text = `# rendered
---
apiVersion: v1
kind: Service
metadata: {name: web}
---
---
apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}
  - {apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: web, image: w}]}}
...
`;
  expect(loadPod(text).metadata.name).toBe('web');
});

test('loads the named workload, and ignores the case of its kind', () => {
  const worker = { ...workload('StatefulSet'), metadata: { name: 'worker' } };
  expect(loadPod([workload('Deployment'), worker], { workload: 'statefulset/worker' }).metadata.name).toBe('worker-0');
});

test('replaces images by container or by image, and keeps the pull policy', () => {
  const spec = {
    initContainers: [{ name: 'migrate', image: 'registry.example.com/web:1' }],
    containers: [
      { name: 'web', image: 'registry.example.com/web' },
      { name: 'proxy', image: 'proxy:2' },
    ],
  };
  const pod = loadPod(
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec },
    { images: { web: 'web:dev', 'registry.example.com/web:1': 'web:dev' } },
  );
  expect([...pod.spec.initContainers, ...pod.spec.containers]).toMatchObject([
    { name: 'migrate', image: 'web:dev', imagePullPolicy: 'IfNotPresent' },
    { name: 'web', image: 'web:dev', imagePullPolicy: 'Always' },
    { name: 'proxy', image: 'proxy:2', imagePullPolicy: 'IfNotPresent' },
  ]);
});

test('accepts a container without an image if the options set one', () => {
  const spec = { containers: [{ name: 'web' }] };
  const pod = loadPod(
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec },
    { images: { web: 'web:dev' } },
  );
  expect(pod.spec.containers[0]).toMatchObject({ image: 'web:dev', imagePullPolicy: 'IfNotPresent' });
});

test('reads YAML like Kubernetes: 1.1, without dates and base 60, null as absent', () => {
  const pod = loadPod(`apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
spec:
  hostNetwork: off
  terminationGracePeriodSeconds: 010
  containers:
    - &web
      name: web
      image: w
      args: [2001-01-01, 12:30:45]
      livenessProbe: ~
      resources: {limits: {cpu: 1, memory: 1e9}}
    - <<: *web
      name: other
`);
  expect(pod.metadata).not.toHaveProperty('labels');
  expect(pod.spec).toMatchObject({ hostNetwork: false, terminationGracePeriodSeconds: 8 });
  expect(pod.spec.containers).toMatchObject([
    { args: ['2001-01-01', '12:30:45'], resources: { requests: { cpu: '1', memory: '1000000000' } } },
    { name: 'other', image: 'w' },
  ]);
  expect(pod.spec.containers[0]).not.toHaveProperty('livenessProbe');
});

test('keeps fields without effect', () => {
  const spec = { containers: [container], tolerations: [{ operator: 'Exists' }], priorityClassName: 'high' };
  expect(loadPod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec }).spec).toMatchObject(spec);
});

function loadPodLike(metadata: object) {
  return expect.objectContaining({ metadata: expect.objectContaining(metadata) });
}
