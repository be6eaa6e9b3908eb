import { expect, test } from '@jest/globals';
import { backendOf, portForClients } from '../../src/manifest/backend';
import { loadManifest } from '../../src/manifest/loadPod';

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
  const { pod, services } = loadManifest(text);
  return portForClients(pod, backendOf(services), asked);
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
  const of = (text: string) => backendOf(loadManifest(text).services);
  expect(of(POD + peers + clients)).toEqual({ publishNotReadyAddresses: false, targetPort: 'http' });
  expect(of(POD + peers)).toEqual({ publishNotReadyAddresses: true, targetPort: 7000 });
  expect(of(POD)).toEqual({ publishNotReadyAddresses: false });
});
