import { describe, expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { simulatePod } from '../../src/pod/simulatePod';
import { messageOf } from './messageOf';
import { answering, HEALTHZ } from './simulated';

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

  test('names toEnterEndpoints if a wait could help', async () => {
    const pod = late();
    pod.advance('12s');
    const message = await messageOf(() => expect(pod).toBeInEndpoints());
    expect(message).toContain(
      'Received: out of the endpoints after 0.0 s: web runs, but its readiness probe fails: HTTP probe failed with statuscode: 503',
    );
    expect(message).toContain('toBeInEndpoints does not wait. To wait, write await expect(pod).toEnterEndpoints().');
    await pod.delete();
    expect(await messageOf(() => expect(pod).toBeInEndpoints())).not.toContain('toEnterEndpoints');
  });

  test('rejects within and names toEnterEndpoints', async () => {
    const within: readonly unknown[] = [{ within: '30s' }];
    expect(await messageOf(() => expect(late()).toBeInEndpoints(...(within as [])))).toContain(
      'toBeInEndpoints does not wait and has no within. Use toEnterEndpoints, which waits',
    );
  });
});
