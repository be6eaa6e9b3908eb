import { describe, expect, test } from '@jest/globals';
import { loadManifest } from '../../../../src/manifest/loadPod';
import { portForClients } from '../../../../src/manifest/workload/backend';

const POD = `
apiVersion: v1
kind: Pod
metadata: { name: shop, labels: { app: shop } }
spec:
  containers:
    - { name: web, image: 'shop/web:1', ports: [{ containerPort: 8080, name: http }, { containerPort: 9090 }] }
`;

const service = (name: string, spec: string) =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { selector: { app: shop }, ${spec} }\n`;

function portOf(text: string, asked?: number | string): number {
  const { pod, backend } = loadManifest(text);
  return portForClients(pod, backend, asked);
}

test('clients come to the target port of the Service that selects the pod, by its name as well', () => {
  expect(portOf(POD + service('shop', 'ports: [{ port: 80, targetPort: 9090 }]'))).toBe(9090);
  expect(portOf(POD + service('shop', 'ports: [{ port: 80, targetPort: http }]'))).toBe(8080);
  expect(portOf(POD + service('shop', 'ports: [{ port: 80 }]'))).toBe(80);
});

test('without a Service they come to the first port that a container lists, or to the one asked for', () => {
  expect(portOf(POD)).toBe(8080);
  expect(portOf(POD, 9090)).toBe(9090);
  expect(portOf(POD, 'http')).toBe(8080);
});

test('a port that is not there is told', () => {
  expect(() => portOf(POD, 'admin')).toThrow('pod shop: no port is named "admin"; its containers name "http"');
  const bare = POD.replace(/, ports:.*\]/, '');
  expect(() => portOf(bare)).toThrow(
    'pod shop: no Service selects it and its containers list no ports; say which one is meant, as in { port: 8080 }',
  );
});

test('of two Services, the one that minds readiness is the clients’', () => {
  const peers = service('peers', 'publishNotReadyAddresses: true, ports: [{ port: 7000 }]');
  const clients = service('shop', 'ports: [{ port: 80, targetPort: http }]');
  const of = (text: string) => loadManifest(text).backend;
  expect(of(POD + peers + clients)).toMatchObject({
    publishNotReadyAddresses: false,
    targetPort: 'http',
    ports: [{ targetPort: 'http' }],
  });
  expect(of(POD + peers)).toMatchObject({ publishNotReadyAddresses: true, targetPort: 7000 });
  expect(of(POD)).toEqual({ publishNotReadyAddresses: false, isAssumed: true });
});

describe('a Service that sends nothing to the pod', () => {
  const backend = (text: string) => loadManifest(text).backend;
  const stray = service('shop', 'ports: [{ port: 80 }]').replace('app: shop', 'app: shp');

  test('is an obstacle if its selector matches no pod of the manifest', () => {
    expect(backend(POD + stray)).toEqual({
      publishNotReadyAddresses: false,
      obstacle: 'Service "shop" selects no pod: no workload of the manifest has the labels app=shp',
    });
    expect(() => portOf(POD + stray, 8080)).toThrow('pod shop: no request reaches it. Service "shop" selects no pod: ');
  });

  test('is an obstacle if it sends to a port that no container names', () => {
    expect(
      backend(POD + service('shop', 'ports: [{ port: 80, targetPort: 8080 }, { port: 81, targetPort: htp }]')),
    ).toEqual({
      publishNotReadyAddresses: false,
      targetPort: 8080,
      ports: [{ targetPort: 8080 }, { targetPort: 'htp' }],
      obstacle: 'Service "shop" sends to the port "htp", and no container of the pod names a port so',
    });
  });

  test('is none if it is for another workload, or if another one selects the pod', () => {
    const other = POD.replaceAll('shop', 'db').replace('labels: { app: db }', 'labels: { app: shp }');
    expect(loadManifest(`${POD}---${other}${stray}`, { workload: 'Pod/shop' }).backend).toEqual({
      publishNotReadyAddresses: false,
      isAssumed: true,
    });
    expect(backend(POD + stray + service('clients', 'ports: [{ port: 80 }]'))).not.toHaveProperty('obstacle');
  });

  test('is none if an operator may make the pods that it selects', () => {
    const custom = '---\napiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: { name: shop }\n';
    expect(backend(POD + stray + custom)).toMatchObject({ isAssumed: true });
  });
});
