import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { parse } from 'yaml';

const CHECKOUT = `
apiVersion: v1
kind: Pod
metadata:
  name: checkout
spec:
  containers:
    - name: web
      image: checkout:1
      livenessProbe:
        httpGet: { path: /healthz, port: 8080 }
      readinessProbe:
        httpGet: { path: /healthz, port: 8080 }
`;
const HEALTHY = { http: { 8080: { '/healthz': 200 } } };

test('a container that needs 40s to start never becomes Ready under its liveness probe', async () => {
  const pod = simulatePod(CHECKOUT, { web: [{ at: '40s', ...HEALTHY }] });

  await expect(pod).toRestart({ container: 'web', because: 'liveness' });
  await expect(pod).not.toBecomeReady({ within: '30m' });
});

test('a frozen container becomes unready and restarts', async () => {
  const pod = simulatePod(CHECKOUT, { web: [{ at: '0s', ...HEALTHY }] });
  await expect(pod).toBecomeReady();

  await pod.container('web').freeze();

  await expect(pod).toBecomeUnready();
  await expect(pod).toRestart({ container: 'web', because: 'liveness' });
  await expect(pod).toBecomeReady();
});

test.each(['compose.yaml', 'goss.yaml', 'container-structure-test.yaml', 'kind-workflow.yaml'])(
  '%s is valid YAML',
  (name) => {
    expect(parse(readFileSync(path.join(__dirname, '../others', name), 'utf8'))).toBeInstanceOf(Object);
  },
);
