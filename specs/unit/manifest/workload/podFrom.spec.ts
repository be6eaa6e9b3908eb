import { describe, expect, test } from '@jest/globals';
import { readSource } from '../../../../src/manifest/source/source';
import { podFrom } from '../../../../src/manifest/workload/podFrom';
import { findWorkload } from '../../../../src/manifest/workload/workloads';

const CONTAINERS = [{ name: 'web', image: 'web:1' }];
/** The alphabet of Kubernetes' random names. */
const RANDOM = '[bcdfghjklmnpqrstvwxz2456789]';

function podOf(kind: string, spec: object, apiVersion = 'apps/v1', metadata: object = { name: 'shop' }) {
  const manifest = { apiVersion, kind, metadata, spec };
  return podFrom(findWorkload(readSource(manifest), undefined), manifest);
}
const template = (more: object = {}) => ({
  template: { metadata: { labels: { app: 'shop' } }, spec: { containers: CONTAINERS, ...more } },
});

describe('podFrom', () => {
  test('returns a pod unchanged', () => {
    const metadata = { name: 'shop', labels: { app: 'shop' } };
    const spec = { containers: CONTAINERS };
    expect(podOf('Pod', spec, 'v1', metadata)).toEqual({ metadata, spec });
  });

  test('names the pod of a Deployment after its ReplicaSet, with the hash as a label', () => {
    const { metadata, spec } = podOf('Deployment', template());
    const { 'pod-template-hash': hash, ...labels } = metadata?.labels ?? {};
    expect(hash).toMatch(new RegExp(`^${RANDOM}{10}$`));
    expect(metadata?.name).toMatch(new RegExp(`^shop-${hash}-${RANDOM}{5}$`));
    expect(labels).toEqual({ app: 'shop' });
    expect(spec).toEqual({ containers: CONTAINERS });
  });

  test.each([
    ['ReplicaSet', 'apps/v1'],
    ['DaemonSet', 'apps/v1'],
    ['Job', 'batch/v1'],
  ])('names the pod of a %s with five random characters', (kind, apiVersion) => {
    const { metadata } = podOf(kind, template(), apiVersion);
    expect(metadata?.name).toMatch(new RegExp(`^shop-${RANDOM}{5}$`));
    expect(metadata?.labels).toEqual({ app: 'shop' });
  });

  test('uses the template of a CronJob from its Job', () => {
    expect(podOf('CronJob', { jobTemplate: { spec: template() } }, 'batch/v1').spec).toEqual({
      containers: CONTAINERS,
    });
  });

  test('gives the same name to the same template, and another name to another one', () => {
    const nameOf = (more: object) => podOf('Deployment', template(more)).metadata?.name;
    expect(nameOf({})).toBe(nameOf({}));
    expect(nameOf({ hostname: 'a' })).not.toBe(nameOf({}));
  });

  test('puts the pod into the namespace of its workload', () => {
    const metadata = { name: 'shop', namespace: 'prod' };
    expect(podOf('Deployment', template(), 'apps/v1', metadata).metadata?.namespace).toBe('prod');
    expect(podOf('Deployment', template()).metadata).not.toHaveProperty('namespace');
  });

  test('gives the first pod of a StatefulSet its name, hostname and labels', () => {
    const { metadata, spec } = podOf('StatefulSet', { serviceName: 'peers', ...template() });
    expect(metadata).toEqual({
      name: 'shop-0',
      labels: {
        app: 'shop',
        'statefulset.kubernetes.io/pod-name': 'shop-0',
        'apps.kubernetes.io/pod-index': '0',
      },
    });
    expect(spec).toEqual({ containers: CONTAINERS, hostname: 'shop-0', subdomain: 'peers' });
  });

  test('replaces a volume with the claim of the same name in a StatefulSet', () => {
    const volumes = [
      { name: 'data', emptyDir: {} },
      { name: 'cache', emptyDir: {} },
    ];
    const { spec } = podOf('StatefulSet', {
      volumeClaimTemplates: [{ metadata: { name: 'data' } }],
      ...template({ volumes }),
    });
    expect(spec?.volumes).toEqual([
      { name: 'cache', emptyDir: {} },
      { name: 'data', persistentVolumeClaim: { claimName: 'data-shop-0' } },
    ]);
  });

  test('returns an empty pod for a workload without a template', () => {
    expect(podOf('ReplicaSet', {})).toMatchObject({ spec: {} });
  });
});
