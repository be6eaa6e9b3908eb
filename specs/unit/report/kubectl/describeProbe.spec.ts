import { expect, test } from '@jest/globals';
import type { ProbeHandler } from '../../../../src/manifest/model';
import { describeProbe } from '../../../../src/report/kubectl/describeProbe';

const numbers = {
  initialDelaySeconds: 3,
  timeoutSeconds: 1,
  periodSeconds: 10,
  successThreshold: 1,
  failureThreshold: 3,
};
const handlers: readonly (readonly [string, ProbeHandler])[] = [
  ['http-get http://:8080/healthz', { httpGet: { path: '/healthz', port: 8080, scheme: 'HTTP' } }],
  ['http-get https://example.com:web/', { httpGet: { path: '/', port: 'web', scheme: 'HTTPS', host: 'example.com' } }],
  [
    'http-get http://[fd00::1]:80/a%3Fb=c&d%20%C3%A9%28%21%29',
    { httpGet: { path: 'a?b=c&d é(!)', port: 80, scheme: 'HTTP', host: 'fd00::1' } },
  ],
  ['exec [cat /tmp/healthy]', { exec: { command: ['cat', '/tmp/healthy'] } }],
  ['tcp-socket :5432', { tcpSocket: { port: 5432 } }],
  ['grpc <pod>:9090 readiness', { grpc: { port: 9090, service: 'readiness' } }],
  ['grpc <pod>:9090 ', { grpc: { port: 9090 } }],
  ['unknown', {}],
];

test.each(handlers)('describes %s', (text, handler) => {
  expect(describeProbe({ ...handler, ...numbers })).toBe(
    `${text} delay=3s timeout=1s period=10s #success=1 #failure=3`,
  );
});
