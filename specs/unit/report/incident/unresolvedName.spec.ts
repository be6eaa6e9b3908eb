import { describe, expect, test } from '@jest/globals';
import type { Container } from '../../../../src/manifest/model';
import { unresolvedNameIn } from '../../../../src/report/incident/unresolvedName';

const container = (env: Record<string, string> = {}): Container => ({
  name: 'web',
  image: 'web',
  imagePullPolicy: 'IfNotPresent',
  env: Object.entries(env).map(([name, value]) => ({ name, value })),
});

describe('unresolvedNameIn', () => {
  test.each([
    ['Node.js', 'Error: getaddrinfo ENOTFOUND invoices-db', 'invoices-db'],
    ['Node.js, for now', 'getaddrinfo EAI_AGAIN sessions.cache', 'sessions.cache'],
    ['Go', 'dial tcp: lookup stock-db on 127.0.0.11:53: no such host', 'stock-db'],
    ['Java', 'java.net.UnknownHostException: orders.db: Name or service not known', 'orders.db'],
    ['libpq', 'could not translate host name "pg" to address: Name or service not known', 'pg'],
    ['MySQL', "ERROR 2005 (HY000): Unknown MySQL server host 'mysql' (-2)", 'mysql'],
    ['curl', 'curl: (6) Could not resolve host: api.internal', 'api.internal'],
    ['BusyBox', "nc: bad address 'wiki-db'", 'wiki-db'],
    ['PHP', 'php_network_getaddresses: getaddrinfo for redis failed: Name does not resolve', 'redis'],
    ['Ruby', 'Failed to open TCP connection to search:9200 (getaddrinfo: Name or service not known)', 'search'],
    ['redis-py', 'Error -2 connecting to cache:6379. Name or service not known.', 'cache'],
    ['nginx', '[emerg] host not found in upstream "app:8080" in /etc/nginx/nginx.conf:12', 'app'],
  ])('finds the name in the message of %s', (_, line, name) => {
    expect(unresolvedNameIn(['starts', line, 'exits'], container())).toBe(name);
  });

  test('uses the only host of the variables if the line has no name', () => {
    const line = 'socket.gaierror: [Errno -2] Name or service not known';
    expect(unresolvedNameIn([line], container({ DATABASE_URL: 'postgres://app:x@db:5432/app', LEVEL: 'info' }))).toBe(
      'db',
    );
    expect(unresolvedNameIn([line], container({ DB_HOST: 'db', CACHE_HOST: 'cache' }))).toBeUndefined();
  });

  test('finds a name with several labels in the line of the error', () => {
    const line = 'redis at sessions.cache.svc.cluster.local: [Errno -2] Name or service not known';
    expect(unresolvedNameIn([line], container())).toBe('sessions.cache.svc.cluster.local');
    expect(unresolvedNameIn(['socket.gaierror in app.py: Name or service not known'], container())).toBeUndefined();
  });

  test('returns nothing for other errors', () => {
    expect(unresolvedNameIn(['connect ECONNREFUSED 10.0.0.2:5432', 'page not found'], container())).toBeUndefined();
  });
});
