import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../../../src/cli/usageError';
import { chooseWorkloads } from '../../../src/cli/workloads';
import { readSource } from '../../../src/manifest/source/source';

const deployment = (name: string, containers: readonly object[] = [{ name, image: `${name}:1` }]) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers } },
  },
});
const service = (name: string, app: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app }, ports: [{ port: 80 }] },
});
const SETTINGS = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: {} };
const CHECK = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'check', annotations: { 'helm.sh/hook': 'test' } },
  spec: { containers: [{ name: 'check', image: 'curl:1' }] },
};

function chosen(documents: readonly object[], wanted: readonly string[] = [], images: object = {}) {
  return chooseWorkloads(readSource([...documents]), wanted, images as Parameters<typeof chooseWorkloads>[2]);
}
const namesOf = (...args: Parameters<typeof chosen>) => chosen(...args).map(({ name }) => name);
/** Returns the objects that are passed with each workload. */
const objectsOf = (documents: readonly object[]) =>
  chosen(documents).map(({ read }) =>
    read.documents.map(({ value }) => {
      const { kind, metadata } = value as { readonly kind: string; readonly metadata: { readonly name: string } };
      return `${kind}/${metadata.name}`;
    }),
  );

describe('chosenIn', () => {
  test('returns every deployed workload in the order of the manifest', () => {
    expect(namesOf([deployment('web'), CHECK, deployment('cart')])).toEqual(['Deployment/web', 'Deployment/cart']);
  });

  test('returns named workloads, including tests of a chart, with a kind in any case', () => {
    const all = [deployment('web'), CHECK, deployment('cart')];
    expect(namesOf(all, ['deployment/cart'])).toEqual(['Deployment/cart']);
    expect(namesOf(all, ['pod/check', 'Deployment/web'])).toEqual(['Deployment/web', 'Pod/check']);
  });

  test('rejects a name that no workload has', () => {
    const all = [deployment('web'), deployment('cart')];
    expect(() => namesOf(all, ['Deployment/wbe'])).toThrow(
      new UsageError('--workload: manifest has no workload "Deployment/wbe". Did you mean "Deployment/web"?'),
    );
    expect(() => namesOf(all, ['Deployment/Web'])).toThrow(UsageError);
    expect(() => namesOf(all, ['Job/migrate'])).toThrow('Valid values: Deployment/web, Deployment/cart');
  });

  test('rejects a manifest without a workload', () => {
    expect(() => namesOf([SETTINGS])).toThrow(expect.objectContaining({ name: 'ManifestError' }));
  });

  test('passes each workload the other objects, but no other workload', () => {
    expect(objectsOf([deployment('web'), SETTINGS, deployment('cart')])).toEqual([
      ['Deployment/web', 'ConfigMap/settings'],
      ['ConfigMap/settings', 'Deployment/cart'],
    ]);
  });

  test('passes a workload no Service that selects only others', () => {
    expect(objectsOf([deployment('web'), service('web', 'web'), deployment('cart')])).toEqual([
      ['Deployment/web', 'Service/web'],
      ['Deployment/cart'],
    ]);
  });

  test('keeps a Service that selects nothing, because the manifest has a mistake', () => {
    expect(objectsOf([deployment('web'), service('lost', 'nothing'), deployment('cart')])).toEqual([
      ['Deployment/web', 'Service/lost'],
      ['Service/lost', 'Deployment/cart'],
    ]);
  });

  test('passes each workload the images of its containers, by name or by image', () => {
    const all = [deployment('web'), deployment('cart'), deployment('db')];
    const images = chosen(all, [], { web: 'web:2', 'cart:1': 'cart:2' }).map((one) => one.images);
    expect(images).toEqual([{ web: 'web:2' }, { 'cart:1': 'cart:2' }, {}]);
  });

  test('passes an init container its image', () => {
    const job = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: { initContainers: [{ name: 'init', image: 'init:1' }], containers: [{ name: 'web' }] },
    };
    expect(chosen([job], [], { init: 'init:2' })[0]?.images).toEqual({ init: 'init:2' });
  });

  test('rejects an image that no chosen container has', () => {
    const all = [deployment('web', [{ name: 'web' }]), deployment('cart')];
    expect(() => chosen(all, [], { proxy: 'proxy:2' })).toThrow(
      new UsageError(
        '--image: no container has the name or the image "proxy". Valid containers: web (no image) and cart (cart:1)',
      ),
    );
    expect(() => chosen(all, ['Deployment/web'], { cart: 'cart:2' })).toThrow(
      'no container has the name or the image "cart"',
    );
  });
});
