import { describe, expect, test } from '@jest/globals';
import { fieldValue, resourceValue } from '../../../../src/manifest/config/downwardAPI';
import type { Container, Pod, ResourceFieldSelector } from '../../../../src/manifest/model';

const node = { nodeName: 'node-1', hostIP: '10.0.0.1', podIP: '10.0.0.7', allocatable: { cpu: '4', memory: '8Gi' } };
const web: Container = {
  name: 'web',
  image: 'web:1',
  imagePullPolicy: 'IfNotPresent',
  resources: { limits: { cpu: '1500m' }, requests: { cpu: '250m', memory: '100Mi' } },
};
const init: Container = { ...web, name: 'init', resources: { limits: { cpu: '2' } } };
const pod: Pod = {
  metadata: {
    name: 'web-0',
    namespace: 'shop',
    uid: 'u1',
    labels: { tier: 'front', app: 'say "hi"\n' },
    annotations: { 'a.b/c': 'd' },
  },
  spec: { restartPolicy: 'Always', initContainers: [init], containers: [web] },
};

describe('fieldValue', () => {
  const valueOfField = (fieldPath: string, of = pod) => fieldValue({ fieldPath }, of, node);

  test.each([
    ['metadata.name', 'web-0'],
    ['metadata.namespace', 'shop'],
    ['metadata.uid', 'u1'],
    ["metadata.labels['tier']", 'front'],
    ["metadata.labels['none']", ''],
    ["metadata.annotations['a.b/c']", 'd'],
    ['spec.nodeName', 'node-1'],
    ['spec.serviceAccountName', 'default'],
    ['status.podIP', '10.0.0.7'],
    ['status.podIPs', '10.0.0.7'],
    ['status.hostIP', '10.0.0.1'],
    ['status.hostIPs', '10.0.0.1'],
  ])('returns %s', (fieldPath, value) => {
    expect(valueOfField(fieldPath)).toEqual({ value });
  });

  test('prefers nodeName and serviceAccountName of the pod to their defaults', () => {
    const placed: Pod = { ...pod, spec: { ...pod.spec, nodeName: 'node-7', serviceAccountName: 'shopper' } };
    expect(valueOfField('spec.nodeName', placed)).toEqual({ value: 'node-7' });
    expect(valueOfField('spec.serviceAccountName', placed)).toEqual({ value: 'shopper' });
  });

  test('returns all labels as quoted lines, sorted by key', () => {
    expect(valueOfField('metadata.labels')).toEqual({ value: 'app="say \\"hi\\"\\n"\ntier="front"' });
  });

  test('returns an empty string for a pod without labels or annotations', () => {
    const bare: Pod = { ...pod, metadata: { name: 'web-0', namespace: 'shop', uid: 'u1' } };
    expect(valueOfField('metadata.annotations', bare)).toEqual({ value: '' });
    expect(valueOfField("metadata.labels['app']", bare)).toEqual({ value: '' });
  });

  test('returns an error for an unsupported field', () => {
    expect(valueOfField('status.phase')).toEqual({ error: 'unsupported fieldPath: status.phase' });
  });
});

describe('resourceValue', () => {
  const valueOfResource = (selector: ResourceFieldSelector, own: Container | undefined = web) =>
    resourceValue(selector, pod, own, node);

  test.each([
    ['limits.cpu', undefined, '2'],
    ['limits.cpu', '1m', '1500'],
    ['requests.cpu', undefined, '1'],
    ['requests.memory', undefined, '104857600'],
    ['requests.memory', '1Mi', '100'],
    ['requests.memory', '1Gi', '1'],
    ['limits.cpu', '0', '2'],
  ])('returns %s in units of %s, rounded up', (resource, divisor, value) => {
    expect(valueOfResource({ resource, ...(divisor !== undefined && { divisor }) })).toEqual({ value });
  });

  test('returns the resources of the node if the container has no limit', () => {
    expect(valueOfResource({ resource: 'limits.memory', divisor: '1Gi' })).toEqual({ value: '8' });
    expect(valueOfResource({ resource: 'limits.cpu' }, { ...web, resources: {} })).toEqual({ value: '4' });
    expect(valueOfResource({ resource: 'limits.ephemeral-storage' })).toEqual({ value: '0' });
  });

  test('returns 0 if the container has no request', () => {
    expect(valueOfResource({ resource: 'requests.memory' }, { ...web, resources: {} })).toEqual({ value: '0' });
  });

  test('finds other containers by name, including init containers', () => {
    expect(valueOfResource({ containerName: 'init', resource: 'limits.cpu' })).toEqual({ value: '2' });
    expect(valueOfResource({ containerName: 'init', resource: 'limits.cpu', divisor: '1m' })).toEqual({
      value: '2000',
    });
    expect(valueOfResource({ containerName: 'db', resource: 'limits.cpu' })).toEqual({
      error: 'container db not found',
    });
  });

  test('returns an error for an unsupported resource', () => {
    const error = (resource: string) => ({ error: `unsupported container resource : ${resource}` });
    expect(valueOfResource({ resource: 'limits.gpu' })).toEqual(error('limits.gpu'));
    expect(valueOfResource({ resource: 'cpu' })).toEqual(error('cpu'));
  });
});
