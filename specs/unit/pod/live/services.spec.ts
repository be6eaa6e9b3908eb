import { expect, test } from '@jest/globals';
import { serviceAddresses } from '../../../../src/pod/live/services';
import { POD_RUN } from '../../../../src/waiting/podRun';

test('accepts containers, other pods and addresses as services', () => {
  const services = {
    postgres: { getId: () => 'f00' },
    'redis.cache.svc.cluster.local': { [POD_RUN]: { agentKey: '3' } } as never,
    api: 'localhost:8080',
    six: '[::1]:80',
  };
  expect(serviceAddresses(services)).toEqual({
    postgres: { kind: 'container', id: 'f00' },
    'redis.cache.svc.cluster.local': { kind: 'pod', key: '3' },
    api: { kind: 'address', host: 'localhost', port: 8080 },
    six: { kind: 'address', host: '::1', port: 80 },
  });
});

test.each([
  [
    'an invalid host name',
    { 'my db': 'db:80' },
    "services: 'my db' is no host name, as 'postgres' or 'redis.cache' is",
  ],
  ['an address without a port', { db: 'db' }, "services: db is at 'db', which is no 'host:port'"],
  ['a port above 65535', { db: 'db:70000' }, "services: db is at 'db:70000', which is no 'host:port'"],
  ['a URL', { db: 'http://db:80' }, "services: db is at 'http://db:80', which is no 'host:port'"],
  [
    'a container that has not started',
    { db: { start() {} } },
    "services: db is [Object]; give a container that testcontainers has started, a pod that runPod has, or 'host:port'",
  ],
])('rejects services with %s', (_, services, message) => {
  expect(() => serviceAddresses(services as never)).toThrow(message);
});
