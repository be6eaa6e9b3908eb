import { describe, expect, test } from '@jest/globals';
import { BLOCKED_FIELDS, IGNORED_FIELDS, SUPPORTED_FIELDS } from '../../../../src/manifest/admission/fields';
import { loadManifest, loadPod } from '../../../../src/manifest/loadPod';
import { resolveSchema, type Schema, schemaOf } from '../../../../src/manifest/schema/schema';
import { limitsOf } from '../../../../src/manifest/values/podLimits';

const LISTED = [
  ...SUPPORTED_FIELDS,
  ...BLOCKED_FIELDS.map(({ field }) => field),
  ...IGNORED_FIELDS.map(({ field }) => field),
];

/** Returns every field without subfields. Init containers have the fields of containers. */
function leavesOf(schema: Schema, path: string): string[] {
  const type = resolveSchema(schema);
  if (typeof type === 'object' && 'list' in type) return leavesOf(type.list, `${path}[]`);
  if (typeof type !== 'object' || !('fields' in type)) return [path];
  return Object.entries(type.fields).flatMap(([name, one]) =>
    name === 'initContainers' ? [] : leavesOf(one, path === '' ? name : `${path}.${name}`),
  );
}

const isOf = (leaf: string) => (field: string) =>
  leaf === field || leaf.startsWith(`${field}.`) || leaf.startsWith(`${field}[`);

test('lists every field of a pod and its containers exactly once', () => {
  const leaves = leavesOf(schemaOf('PodSpec'), '');
  expect(leaves.length).toBeGreaterThan(400);
  expect(leaves.filter((leaf) => LISTED.filter(isOf(leaf)).length !== 1)).toEqual([]);
  expect(LISTED.filter((field) => !leaves.some((leaf) => isOf(leaf)(field)))).toEqual([]);
});

const web = { name: 'web', image: 'web:1' };
const fileVariable = { name: 'KEY', valueFrom: { fileKeyRef: { volumeName: 'env', path: 'app.env', key: 'KEY' } } };
const podOf = (spec: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec });

test.each([
  ['hostPath', { volumes: [{ name: 'docker', hostPath: { path: '/var/run/docker.sock' } }] }],
  ['hostNetwork', { hostNetwork: true }],
  ['hostPID', { hostPID: true }],
  ['hostIPC', { hostIPC: true }],
  ['privileged', { initContainers: [{ ...web, name: 'sysctl', securityContext: { privileged: true } }] }],
  ['capabilities', { containers: [{ ...web, securityContext: { capabilities: { add: ['SYS_ADMIN'] } } }] }],
  ['capabilities', { containers: [{ ...web, securityContext: { capabilities: { add: ['all'] } } }] }],
  ['host', { containers: [{ ...web, livenessProbe: { tcpSocket: { port: 80, host: '127.0.0.1' } } }] }],
  ['imageVolume', { volumes: [{ name: 'model', image: { reference: 'model:1' } }] }],
  ['fileKeyRef', { containers: [{ ...web, env: [fileVariable] }], volumes: [{ name: 'env', emptyDir: {} }] }],
  ['podLimits', { containers: [web, { ...web, name: 'proxy' }], resources: { limits: { memory: '64Mi' } } }],
  ['host', { containers: [{ ...web, lifecycle: { preStop: { httpGet: { port: 80, host: 'api.example.com' } } } }] }],
] as const)('blocks a field that opens this machine unless %s is allowed', (allow, spec) => {
  const source = podOf({ containers: [web], ...spec });
  expect(() => loadPod(source)).toThrow(`allow: ['${allow}']`);
  expect(loadPod(source, { allow: [allow] }).metadata.name).toBe('web');
});

test('reports position, reason and fix of a blocked field', () => {
  const text = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: web:1
      readinessProbe:
        httpGet: {port: 80, host: localhost}
`;
  expect(() => loadPod(text)).toThrow(
    expect.objectContaining({
      message: `\
<yaml>:9:35: spec.containers[0].readinessProbe.httpGet.host: blocked: this machine would send the request to localhost, not to the pod. Remove host, so that the request goes to the pod, or pass allow: ['host']
  9 |         httpGet: {port: 80, host: localhost}
    |                                   ^^^^^^^^^`,
    }),
  );
});

test('accepts harmless security fields', () => {
  const securityContext = {
    privileged: false,
    capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE', 'CAP_CHOWN'] },
  };
  const spec = { hostNetwork: false, containers: [{ ...web, securityContext }] };
  expect(loadPod(podOf(spec)).spec).toMatchObject(spec);
});

test('notes fields without effect once if there is no cluster', () => {
  const containers = [web, { ...web, name: 'proxy', tty: true }, { ...web, name: 'log', tty: true }];
  const tolerations = [{ operator: 'Exists' }, { key: 'gpu', operator: 'Exists' }];
  expect(loadManifest(podOf({ containers, tolerations, serviceAccountName: 'web' })).notes).toEqual([
    'manifest: ignored (no cluster): tolerations[], serviceAccountName, and containers[].tty',
  ]);
});

test('notes no field whose value is the default', () => {
  const securityContext = { seccompProfile: { type: 'RuntimeDefault' }, seLinuxOptions: {}, sysctls: [] };
  const spec = { containers: [{ ...web, tty: false }], securityContext, automountServiceAccountToken: false };
  expect(loadManifest(podOf({ ...spec, dnsPolicy: 'ClusterFirst' })).notes).toEqual([]);
});

describe('admission of limits of the pod', () => {
  const limited = (memory: string) => ({ ...web, resources: { limits: { memory } } });
  const resources = { limits: { memory: '96Mi' } };

  test('accepts them with one container, and applies them if it sets no limits', () => {
    const { spec } = loadPod(podOf({ containers: [web], resources }));
    expect(spec.containers.map((container) => limitsOf(container, spec))).toEqual([{ memory: '96Mi' }]);
  });

  test('accepts them if the limits of the containers do not exceed them', () => {
    const containers = [limited('64Mi'), { ...limited('32Mi'), name: 'proxy' }];
    expect(loadPod(podOf({ containers, resources })).spec.resources).toEqual(resources);
  });

  test('blocks them if the containers could use more together', () => {
    const containers = [limited('64Mi'), { ...limited('64Mi'), name: 'proxy' }];
    expect(() => loadPod(podOf({ containers, resources }))).toThrow(
      "spec.resources.limits: blocked: its containers could use more memory together than the limit of the pod. Set limits in each container that add up to those of the pod, or pass allow: ['podLimits']",
    );
  });
});
