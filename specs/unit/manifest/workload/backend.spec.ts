import { describe, expect, test } from '@jest/globals';
import { loadManifest } from '../../../../src/manifest/loadPod';

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

test('prefers the Service that respects readiness', () => {
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

describe('backend with a Service that sends no requests to the pod', () => {
  const backend = (text: string) => loadManifest(text).backend;
  const stray = service('shop', 'ports: [{ port: 80 }]').replace('app: shop', 'app: shp');

  test('returns an obstacle if the selector matches no pod of the manifest', () => {
    expect(backend(POD + stray)).toEqual({
      publishNotReadyAddresses: false,
      obstacle: { kind: 'selectsNothing', service: 'shop', selector: 'app=shp' },
    });
  });

  test('returns an obstacle if no container names the target port', () => {
    expect(
      backend(POD + service('shop', 'ports: [{ port: 80, targetPort: 8080 }, { port: 81, targetPort: htp }]')),
    ).toEqual({
      publishNotReadyAddresses: false,
      targetPort: 8080,
      ports: [{ targetPort: 8080 }, { targetPort: 'htp' }],
      obstacle: { kind: 'unknownTargetPort', service: 'shop', port: 'htp' },
    });
  });

  test('returns no obstacle if the Service belongs to another workload', () => {
    const other = POD.replaceAll('shop', 'db').replace('labels: { app: db }', 'labels: { app: shp }');
    expect(loadManifest(`${POD}---${other}${stray}`, { workload: 'Pod/shop' }).backend).toEqual({
      publishNotReadyAddresses: false,
      isAssumed: true,
    });
    expect(backend(POD + stray + service('clients', 'ports: [{ port: 80 }]'))).not.toHaveProperty('obstacle');
  });

  test('returns no obstacle if an operator may create the selected pods', () => {
    const custom = '---\napiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: { name: shop }\n';
    expect(backend(POD + stray + custom)).toMatchObject({ isAssumed: true });
  });
});
