import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { simulatePod } from '../../../../src/pod/simulated/simulatePod';
import { acted, markedForDeletion, ready, started, withIP } from '../../timeline/events';
import { messageOf } from '../messageOf';
import { replay } from '../replay';

const pod = (answers: Readonly<Record<string, number>>, service: object = {}) =>
  simulatePod(
    [
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'shop', labels: { app: 'shop' } },
        spec: {
          containers: [
            {
              name: 'web',
              image: 'shop/web:1',
              readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 5, failureThreshold: 1 },
            },
          ],
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'shop' },
        spec: { selector: { app: 'shop' }, ports: [{ port: 80 }], ...service },
      },
    ],
    {
      web: [
        { at: '0s', http: { '8080': answers } },
        { at: '20s', http: { '8080': { '/': 503 } } },
      ],
    },
  );

test('passes once the pod is Ready', async () => {
  const shop = pod({ '/': 200 });
  await expect(shop).toEnterEndpoints();
  await expect(shop).toLeaveEndpoints({ serving: false, terminating: false, within: '1m' });
  await expect(shop).not.toEnterEndpoints({ within: '1m' });
});

test('passes for an unready pod if the Service publishes unready addresses', async () => {
  await expect(pod({ '/': 503 })).not.toEnterEndpoints({ within: '1m' });
  await expect(pod({ '/': 503 }, { publishNotReadyAddresses: true })).toEnterEndpoints();
});

test('prints why the pod is not in the endpoints', async () => {
  expect(await messageOf(() => expect(pod({ '/': 503 })).toEnterEndpoints({ within: '6s' }))).toBe(
    `expect(pod).toEnterEndpoints({ within: '6s' })

Expected: pod to enter the Service endpoints within 6s
Received: pod not in the Service endpoints after 6.0s: the readiness probe of web fails (HTTP probe failed with statuscode: 503)

  +0.0s  test  run
  +0.0s  web   Started    Container started
  +5.0s  web   Unhealthy  readiness probe failed (3/1): HTTP probe failed with statuscode: 503

The readiness probe runs every 5s. None of its 3 attempts since +0.0s succeeded.`,
  );
});

test('reports that a deleted pod leaves the endpoints, although it stays Ready', async () => {
  const shop = replay({
    past: [acted(0, 'run'), started(1), withIP(ready(1)), acted(5, 'delete'), markedForDeletion(5)],
  });
  expect(await messageOf(() => expect(shop).toEnterEndpoints())).toBe(
    `expect(pod).toEnterEndpoints()

Expected: pod to enter the Service endpoints within 1m (default: the manifest sets no limit)
Received: pod terminating and still serving after 5.0s: a pod that is being deleted gets no new connections, even if it is Ready

  +0.0s  test  run
  +1.0s  web   Started  Container started
  +1.0s  pod   Ready
  +5.0s  test  delete
> +5.0s  pod   deleted  grace period 30s`,
  );
});
