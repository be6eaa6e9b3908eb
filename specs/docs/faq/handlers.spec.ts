import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { lint, simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { judgeHTTP } from '../../../src/probes/http/judge';
import { requestForHTTPGet } from '../../../src/probes/http/request';
import { secondsOf, web } from './web';

const readiness = 'readinessProbe: { httpGet: { path: /ready, port: 8080 } }';

test('a probe follows a redirect to a path, and succeeds on one to another host', async () => {
  const login = { status: 302, location: 'https://sso.example.com/login' };
  const toLogin = simulatePod(web(readiness), { web: [{ at: '0s', http: { 8080: { '/ready': login } } }] });
  await expect(toLogin).toBecomeReady();
  expect(toLogin).toHaveEvent('ProbeWarning');

  const error = { '/ready': { status: 302, location: '/error' }, '/error': 500 };
  const toError = simulatePod(web(readiness), { web: [{ at: '0s', http: { 8080: error } }] });
  await expect(toError).not.toBecomeReady();
});

test('lint reports httpGet.host, because the node connects to it', () => {
  const { findings } = lint(web('livenessProbe: { httpGet: { host: localhost, path: /, port: 8080 } }'));
  expect(findings.map(({ code }) => code)).toContain('probe-host');
});

test('an httpGet probe requests the pod IP and sends the Host header from the manifest', () => {
  const httpGet = { path: '/', port: 8080, scheme: 'HTTP' } as const;
  const ask = (httpHeaders: { name: string; value: string }[]) =>
    requestForHTTPGet({ ...httpGet, httpHeaders }, [], '10.1.2.3', 'kube-probe/1.36', { textPortIsName: false });
  expect(ask([])).toMatchObject({ url: 'http://10.1.2.3:8080/' });
  expect(ask([{ name: 'Host', value: 'shop.example.com' }])).toMatchObject({ host: 'shop.example.com' });
});

test('a server on 127.0.0.1 refuses connections to any other address', async () => {
  const server = createServer((_, answer) => answer.end('ok')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await expect(fetch(`http://127.0.0.1:${port}/`)).resolves.toMatchObject({ status: 200 });
  await expect(fetch(`http://127.0.0.2:${port}/`)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  server.closeAllConnections();
  server.close();
});

test('a tcpSocket probe succeeds if the port is open', async () => {
  const probes = `livenessProbe: { tcpSocket: { port: 8080 } }
    readinessProbe: { httpGet: { path: /ready, port: 8080 } }`;
  const pod = simulatePod(web(probes), {
    web: [
      { at: '0s', http: { 8080: { '/ready': 200 } } },
      { at: '30s', http: { 8080: { '/ready': 500 } } },
    ],
  });
  await expect(pod).toBecomeReady();
  await expect(pod).toBecomeUnready({ within: '2m' });
  await expect(pod).not.toRestart({ within: '1h' });
});

test('a probe never succeeds if its port name does not exist in the container', async () => {
  const ports = `ports: [{ name: web, containerPort: 8080 }]
    readinessProbe: { httpGet: { path: /ready, port: http } }`;
  expect(lint(web(ports)).problems).toEqual([]);
  const pod = simulatePod(
    web(ports),
    { web: [{ at: '0s', http: { 8080: { '/ready': 200 } } }] },
    { allow: ['unknown-port'] },
  );
  await expect(pod).not.toBecomeReady({ within: '1h' });
});

test('a probe without a complete response does not count as a failure', () => {
  const message = 'context deadline exceeded (Client.Timeout or context cancellation while reading body)';
  expect(judgeHTTP({ kind: 'BodyLost', message })).toMatchObject({ result: 'Errored' });
});

test('an HTTPS probe accepts an untrusted certificate', async () => {
  const https = 'readinessProbe: { httpGet: { scheme: HTTPS, path: /ready, port: 8443 } }';
  const pod = simulatePod(web(https), { web: [{ at: '0s', tls: 'self-signed', http: { 8443: { '/ready': 200 } } }] });
  await expect(pod).toBecomeReady();
});

test('a gRPC probe of a closed port reports a timeout', async () => {
  const pod = simulatePod(web('livenessProbe: { grpc: { port: 9090 } }'));
  await expect(pod).toRestart({ because: 'liveness', within: '1m' });
  expect(pod).toHaveEvent({ reason: 'Unhealthy', message: /timeout: failed to connect service .* within 1s/ });
});

test('an HTTP probe fails on status 404, because only 200 to 399 succeed', async () => {
  const pod = simulatePod(web('readinessProbe: { httpGet: { path: /health, port: 8080 } }'), {
    web: [{ at: '0s', http: { 8080: { '/healthz': 200 } } }],
  });
  await expect(pod).not.toBecomeReady({ within: '5m' });
  expect(pod).toHaveEvent({ reason: 'Unhealthy', message: 'HTTP probe failed with statuscode: 404' });
  expect(secondsOf(pod, 'Killing')).toEqual([]);
});
