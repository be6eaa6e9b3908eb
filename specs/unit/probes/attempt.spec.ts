import { expect, test } from '@jest/globals';
import type { ProbeHandler } from '../../../src/manifest/model';
import { attemptProbe, type Probers } from '../../../src/probes/attempt';

/** Probers that only return their arguments. */
const asked: Probers<unknown> = {
  exec: (id, argv, timeoutMs) => ({ id, argv, timeoutMs }),
  http: ({ url }, timeoutMs) => ({ url, timeoutMs }),
  tcp: (target, timeoutMs) => ({ ...target, timeoutMs }),
  grpc: (target, timeoutMs) => ({ ...target, timeoutMs }),
};

const attempt = (handler: ProbeHandler) =>
  attemptProbe(
    {
      kind: 'RunProbe',
      run: 1,
      id: 'abc',
      type: 'liveness',
      podIP: '10.0.0.5',
      container: {
        name: 'web',
        image: 'web',
        imagePullPolicy: 'Always',
        ports: [{ name: 'http', containerPort: 8080 }],
        env: [{ name: 'FILE', value: '/tmp/healthy' }],
      },
      probe: {
        ...handler,
        initialDelaySeconds: 0,
        timeoutSeconds: 2,
        periodSeconds: 10,
        successThreshold: 1,
        failureThreshold: 3,
      },
    },
    asked,
    '1.36',
  );

test('runs a command with the variables whose values are in env of the container', () => {
  expect(attempt({ exec: { command: ['cat', '$(FILE)', '$(HOME)', '$$(FILE)'] } })).toEqual({
    id: 'abc',
    argv: ['cat', '/tmp/healthy', '$(HOME)', '$(FILE)'],
    timeoutMs: 2000,
  });
});

test('sends an HTTP request to the pod, at a named port', () => {
  expect(attempt({ httpGet: { path: '/healthz', port: 'http', scheme: 'HTTP' } })).toEqual({
    url: 'http://10.0.0.5:8080/healthz',
    timeoutMs: 2000,
  });
});

test('connects to the pod, or to the host of the probe', () => {
  expect(attempt({ tcpSocket: { port: 5432 } })).toMatchObject({ host: '10.0.0.5', port: 5432 });
  expect(attempt({ tcpSocket: { port: 5432, host: 'db' } })).toMatchObject({ host: 'db' });
});

test('requests the health of the whole server without a service name', () => {
  expect(attempt({ grpc: { port: 9000 } })).toEqual({ host: '10.0.0.5', port: 9000, service: '', timeoutMs: 2000 });
});

test('returns Errored for an unknown port name, so the result is ignored', () => {
  expect(attempt({ tcpSocket: { port: 'web' } })).toEqual({
    result: 'Errored',
    state: 'unknown',
    output: 'strconv.Atoi: parsing "web": invalid syntax',
  });
});

test('returns Errored without a handler', () => {
  expect(attempt({})).toMatchObject({ result: 'Errored', output: 'missing probe handler for container web' });
});
