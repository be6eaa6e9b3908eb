import { expect, test } from '@jest/globals';
import type { ProbeHandler } from '../../../src/manifest/model';
import { attemptProbe, type Probers } from '../../../src/probes/attempt';

/** Probers that only tell what they are asked. */
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

test('runs a command with the variables that the container’s env spells out', () => {
  expect(attempt({ exec: { command: ['cat', '$(FILE)', '$(HOME)', '$$(FILE)'] } })).toEqual({
    id: 'abc',
    argv: ['cat', '/tmp/healthy', '$(HOME)', '$(FILE)'],
    timeoutMs: 2000,
  });
});

test('asks the pod by HTTP, at a port by its name', () => {
  expect(attempt({ httpGet: { path: '/healthz', port: 'http', scheme: 'HTTP' } })).toEqual({
    url: 'http://10.0.0.5:8080/healthz',
    timeoutMs: 2000,
  });
});

test('connects to the pod, or to the host that is named', () => {
  expect(attempt({ tcpSocket: { port: 5432 } })).toMatchObject({ host: '10.0.0.5', port: 5432 });
  expect(attempt({ tcpSocket: { port: 5432, host: 'db' } })).toMatchObject({ host: 'db' });
});

test('asks for the health of the server as a whole unless a service is named', () => {
  expect(attempt({ grpc: { port: 9000 } })).toEqual({ host: '10.0.0.5', port: 9000, service: '', timeoutMs: 2000 });
});

test('errors on a port that no name leads to, so that the probe never counts', () => {
  expect(attempt({ tcpSocket: { port: 'web' } })).toEqual({
    result: 'Errored',
    state: 'unknown',
    output: 'strconv.Atoi: parsing "web": invalid syntax',
  });
});

test('errors without a handler', () => {
  expect(attempt({})).toMatchObject({ result: 'Errored', output: 'missing probe handler for container web' });
});
