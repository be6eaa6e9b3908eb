import { describe, expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { simulatePod } from '../../../../src/pod/simulated/simulatePod';
import { messageOf } from '../messageOf';
import { answering, HEALTHZ } from '../simulated';

const metadata = { name: 'shop', labels: { app: 'shop' } };
const containers = [{ name: 'web', image: 'web:dev', readinessProbe: HEALTHZ }];
const service = {
  kind: 'Service',
  metadata: { name: 'shop' },
  spec: { selector: { app: 'shop' }, ports: [{ port: 80 }] },
};
const late = () =>
  simulatePod(
    [
      { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers } },
      { apiVersion: 'v1', ...service },
    ],
    {
      web: answering(['0s', 503], ['15s', 200]),
    },
  );

describe('toBeInEndpoints', () => {
  test('checks the endpoints now', async () => {
    const pod = late();
    expect(pod).not.toBeInEndpoints();
    await expect(pod).toEnterEndpoints();
    expect(pod).toBeInEndpoints();
    await pod.delete();
    expect(pod).not.toBeInEndpoints();
  });

  test('suggests toEnterEndpoints if a wait could help', async () => {
    const pod = late();
    pod.advance('12s');
    const message = await messageOf(() => expect(pod).toBeInEndpoints());
    expect(message).toContain(
      'Received: pod not in the Service endpoints after 0.0s: the readiness probe of web fails (HTTP probe failed with statuscode: 503)',
    );
    expect(message).toContain('toBeInEndpoints does not wait. To wait, use await expect(pod).toEnterEndpoints().');
    await pod.delete();
    expect(await messageOf(() => expect(pod).toBeInEndpoints())).not.toContain('toEnterEndpoints');
  });

  test('rejects within, and suggests toEnterEndpoints', async () => {
    const within: readonly unknown[] = [{ within: '30s' }];
    expect(await messageOf(() => expect(late()).toBeInEndpoints(...(within as [])))).toContain(
      'toBeInEndpoints does not wait, so it has no within. To wait, use toEnterEndpoints',
    );
  });
});

describe('endpoint matchers without a Service that selects the pod', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ name: 'web', image: 'web:dev' }] } };
  const behind = (spec: object) => {
    const ports = [{ port: 80, targetPort: 8080 }];
    const selector = { app: 'shop' };
    const front = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'shop' }, spec: { selector, ports, ...spec } };
    return simulatePod([pod, front]);
  };

  test('fail immediately if the selector matches no pod', async () => {
    const shop = behind({ selector: { app: 'shp' } });
    await expect(shop).toBecomeReady();
    expect(await messageOf(() => expect(shop).toEnterEndpoints())).toBe(`expect(pod).toEnterEndpoints()

Expected: pod to enter the Service endpoints within 1m (default: the manifest sets no limit)
Received: pod not in the Service endpoints after 0.0s: Service "shop" selects no pod: no workload of the manifest has the labels app=shp

  +0.0s  test  run
  +0.0s  web   Started  Container started
  +0.0s  pod   Ready`);
    expect(shop).not.toBeInEndpoints();
    expect(await messageOf(() => expect(shop).toBeInEndpoints())).not.toContain('toEnterEndpoints');
    expect(await messageOf(() => expect(shop).toLeaveEndpoints())).toContain(
      'Received: pod never in the Service endpoints after 0.0s: Service "shop" selects no pod: ',
    );
    await expect(shop.requests('/')).rejects.toThrow(
      'pod shop: no request reaches it. Service "shop" selects no pod: ',
    );
  });

  test('fail immediately if no container names the target port', async () => {
    const shop = behind({ ports: [{ port: 80, targetPort: 'htp' }] });
    expect(await messageOf(() => expect(shop).toEnterEndpoints())).toContain(
      'Service "shop" sends to the port "htp", but no container of the pod has a port with that name',
    );
  });

  test('assume a Service if the manifest has none, and report it', async () => {
    const shop = simulatePod(pod);
    await expect(shop).toEnterEndpoints();
    expect(await messageOf(() => expect(shop).not.toBeInEndpoints())).toContain(
      'No Service of the manifest selects the pod. This result assumes one that does.',
    );
  });
});
