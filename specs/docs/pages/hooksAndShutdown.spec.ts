import { expect, test } from '@jest/globals';
import { simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../../unit/matchers/messageOf';
import { blocksIn, page } from '../pages';

const SHOP = `
apiVersion: v1
kind: Pod
metadata:
  name: shop
  labels: { app: shop }
spec:
  terminationGracePeriodSeconds: 20
  containers:
    - name: web
      image: web:1
      ports: [{ containerPort: 8080 }]
      readinessProbe: { httpGet: { path: /ready, port: 8080 }, periodSeconds: 1 }
      lifecycle:
        preStop:
          sleep: { seconds: 5 }
---
apiVersion: v1
kind: Service
metadata: { name: shop }
spec: { selector: { app: shop }, ports: [{ port: 80, targetPort: 8080 }] }
`;
const SERVES = { at: '0s', http: { 8080: { '/ready': 200, '/': 200 } } };

test('a pod that waits for its clients before it exits drops no requests', async () => {
  const pod = simulatePod(SHOP, { web: [{ ...SERVES, onTerm: { exitAfter: '1s', code: 0 } }] });
  await expect(pod).toBecomeReady();
  await pod.requests('/', { endpointRemovalDelay: '3s' });

  const gone = await pod.delete();

  await expect(gone).toRunHook('preStop');
  await expect(gone).toTerminateGracefully();
  await expect(gone).toDropNoRequests();
});

test('the docs show the failure of a process that ignores SIGTERM after preStop', async () => {
  const pod = simulatePod(SHOP, { web: [{ ...SERVES, onTerm: { ignore: true } }] });
  await expect(pod).toBecomeReady();

  const [shown] = blocksIn(page('docs/hooks-and-shutdown.md'), 'text');
  expect(shown).toBe(await messageOf(() => expect(pod.delete()).toTerminateGracefully()));
});
