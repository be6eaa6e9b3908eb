import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../messageOf';

const MANIFEST = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: web:1
      lifecycle:
        preStop:
          httpGet: {path: /drain, port: 8080}
        postStart:
          tcpSocket: {port: 8080}
`;

test('passes without a finding, except for the listed codes', () => {
  expect({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { containers: [{ name: 'web', image: 'web:1' }] },
  }).toHaveNoFindings();
  expect(MANIFEST).toHaveNoFindings({ except: ['http-hook-status-ignored', 'tcp-hook'] });
  expect(MANIFEST).not.toHaveNoFindings({ except: ['tcp-hook'] });
});

test('prints a finding with its position, reason and fix', async () => {
  expect(await messageOf(() => expect(MANIFEST).toHaveNoFindings({ except: ['http-hook-status-ignored'] }))).toBe(`\
expect(manifest).toHaveNoFindings({ except: [ 'http-hook-status-ignored' ] })

Expected: manifest to have no findings other than http-hook-status-ignored
Received: 1 finding in <yaml>

<yaml>:13:11: error: tcp-hook: spec.containers[0].lifecycle.postStart.tcpSocket
  13 |           tcpSocket: {port: 8080}
     |           ^^^^^^^^^
  why: the kubelet does not support tcpSocket hooks, so postStart fails every time, and the kubelet kills the container
  fix: use exec or httpGet`);
});

test('reports under .not that there is no finding', async () => {
  const pod = 'examples/liveness-http/pod.yaml';
  const except = ['liveness-without-startup', 'probe-port-not-listed'] as const;
  expect(await messageOf(() => expect(pod).not.toHaveNoFindings({ except }))).toBe(`\
expect(manifest).not.toHaveNoFindings({ except: [ 'liveness-without-startup', 'probe-port-not-listed' ] })

Expected: manifest to have findings other than liveness-without-startup and probe-port-not-listed
Received: no findings in Pod/liveness-http`);
});

test('throws if the manifest is invalid', async () => {
  const invalid = MANIFEST.replace('image: web:1', 'image: [web]');
  const message = `\
Matcher error: <yaml> is invalid, so its findings are unknown. Fix these problems first

<yaml>:8:7: spec.containers[0].image: Invalid value: ["web"]: must be a string
  8 |       image: [web]
    |       ^^^^^`;
  expect(await messageOf(() => expect(invalid).toHaveNoFindings())).toBe(
    `expect(manifest).toHaveNoFindings()\n\n${message}`,
  );
  expect(await messageOf(() => expect(invalid).not.toHaveNoFindings())).toBe(
    `expect(manifest).not.toHaveNoFindings()\n\n${message}`,
  );
});

test('rejects an unknown code', async () => {
  const except = JSON.parse('["tcp-hooks"]');
  expect(await messageOf(() => expect(MANIFEST).toHaveNoFindings({ except }))).toMatch(
    /Matcher error: unknown finding code "tcp-hooks". Valid codes: prestop-exceeds-grace, /,
  );
});
