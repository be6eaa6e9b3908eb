import { expect, test } from '@jest/globals';
import { simulatePod } from 'jest-kubelet';
import { hideIn } from '../../../src/timeline/hideIn';
import 'jest-kubelet/jest-globals';
import { container, exited, failed, published, started } from './events';

const hide = (text: string) => text.replaceAll('hunter2', '***');

test('masks Secret values in every text of an event', () => {
  const terminated = { exitCode: 1, reason: 'Error', message: 'cannot log in with hunter2' };
  const events = [
    ...failed(1, 'liveness', 1, 'PGPASSWORD=hunter2'),
    exited(2, 1, { message: 'cannot log in with hunter2' }),
    published(3, { containerStatuses: [container({ state: { terminated } })] }),
  ];
  expect(JSON.stringify(events.map((event) => hideIn(event, hide)))).toBe(
    JSON.stringify(events).replaceAll('hunter2', '***'),
  );
});

test('returns the event itself if it contains no Secret, and keeps texts of Kubernetes', () => {
  const event = started(1);
  expect(hideIn(event, hide)).toBe(event);
  expect(hideIn(event, (text) => text.replaceAll('Started', '***')).kind).toBe('Started');
});

test('masks Secrets and escape sequences of the app in messages', async () => {
  const manifest = `
apiVersion: v1
kind: Secret
metadata: { name: db }
stringData: { password: "hunter2hunter2" }
---
apiVersion: v1
kind: Pod
metadata: { name: shop }
spec:
  restartPolicy: Never
  containers:
    - name: web
      image: web:1
      terminationMessagePolicy: FallbackToLogsOnError
      envFrom: [{ secretRef: { name: db } }]
      livenessProbe: { httpGet: { path: /healthz, port: 8080 }, failureThreshold: 9 }
`;
  const written =
    '\u001b[2J\u001b[31mlogin with hunter2hunter2 (aHVudGVyMmh1bnRlcjI=) failed\u0007\u001b]0;pwned\u0007';
  const pod = simulatePod(manifest, {
    web: [
      { at: '0s', http: { 8080: { '/healthz': { status: 301, location: 'http://hunter2hunter2/\u001b[31m' } } } },
      { at: '15s', stdout: written, exit: 1 },
    ],
  });
  await expect(pod).toBecomeReady();
  pod.advance('30s');
  const raw = await new Promise<string>((resolve) => {
    try {
      expect(pod).toHavePhase('Running');
    } catch (error) {
      resolve((error as Error).message);
    }
  });
  // Jest adds its own colors, which a file does not have.
  const plain = raw.split(/(?=\p{Cc}\[)/u).map((part) => part.replace(/^\p{Cc}\[\d+m/u, ''));
  expect(plain.join('')).toBe(`expect(pod).toHavePhase('Running')

Expected: pod to have phase Running
Received: pod in phase Failed after 15.0s

   +0.0s  test  run
   +0.0s  web   Started       Container started
   +0.0s  pod   Ready
  +10.0s  web   ProbeWarning  liveness probe: Probe terminated redirects, Response body:
  +15.0s  web   exited        1: login with *** (***) failed\\x07
  +15.0s  pod   unready
> +15.0s  pod   Failed

Output of web:
  +15.0s  login with *** (***) failed\\x07`);
});
