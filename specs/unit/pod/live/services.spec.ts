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
    "services: a name must be a host name such as 'postgres', received 'my db'",
  ],
  ['an address without a port', { db: 'db' }, "services: db must be 'host:port', received 'db'"],
  ['a port above 65535', { db: 'db:70000' }, "services: db must be 'host:port', received 'db:70000'"],
  ['a URL', { db: 'http://db:80' }, "services: db must be 'host:port', received 'http://db:80'"],
  [
    'a container that has not started',
    { db: { start() {} } },
    "services: db must be a started container of testcontainers, a pod of runPod, or 'host:port', received [Object]",
  ],
])('rejects services with %s', (_, services, message) => {
  expect(() => serviceAddresses(services as never)).toThrow(message);
});
