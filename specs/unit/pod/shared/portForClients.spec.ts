import { expect, test } from '@jest/globals';
import { loadManifest } from '../../../../src/manifest/loadPod';
import { portForClients } from '../../../../src/pod/shared/portForClients';

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

function portOf(text: string, requested?: number | string): number {
  const { pod, backend } = loadManifest(text);
  return portForClients(pod, backend, requested);
}

test('uses the target port of the Service that selects the pod, by number or name', () => {
  expect(portOf(POD + service('shop', 'ports: [{ port: 80, targetPort: 9090 }]'))).toBe(9090);
  expect(portOf(POD + service('shop', 'ports: [{ port: 80, targetPort: http }]'))).toBe(8080);
  expect(portOf(POD + service('shop', 'ports: [{ port: 80 }]'))).toBe(80);
});

test('uses the first port of a container or the given port without a Service', () => {
  expect(portOf(POD)).toBe(8080);
  expect(portOf(POD, 9090)).toBe(9090);
  expect(portOf(POD, 'http')).toBe(8080);
});

test('rejects an unknown port', () => {
  expect(() => portOf(POD, 'admin')).toThrow('pod shop: no port is named "admin". Named ports: "http"');
  const bare = POD.replace(/, ports:.*\]/, '');
  expect(() => portOf(bare)).toThrow(
    'pod shop: no Service selects it and its containers list no ports. Choose a port, for example { port: 8080 }',
  );
});

test('rejects a pod to which no Service sends requests', () => {
  const stray = service('shop', 'ports: [{ port: 80 }]').replace('app: shop', 'app: shp');
  expect(() => portOf(POD + stray, 8080)).toThrow('pod shop: no request reaches it. Service "shop" selects no pod: ');
});
