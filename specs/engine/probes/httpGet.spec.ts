import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { NEWEST_VERSION } from '../../../src/manifest/values/kubernetesVersion';
import { removePods } from '../../../src/pod/shared/registry';
import { realSecond } from '../../pace';
import { describeOnEngine } from '../onEngine';
import { type Entry, fixture, ProbedPod, WAYS } from './probedPod';

const get = (at: string, more: object = {}) => ({ httpGet: { path: at, port: 8080, ...more } });

const PROBED = {
  plain: get('/ok?deep=true&a=b%20c'),
  relative: get('ok'),
  unparsable: get('/ok/100%'),
  headers: get('/ok/headers', {
    httpHeaders: [
      { name: 'x-token', value: 'one' },
      { name: 'X-Token', value: 'two' },
      { name: 'Host', value: 'shop.example' },
      { name: 'user-agent', value: 'me' },
      { name: 'accept', value: '' },
    ],
  }),
  'keeps-open': { httpGet: { path: '/', port: 8082 } },
  'not-found': get('/status/404'),
  failing: get('/status/503'),
  'not-modified': get('/status/304'),
  hints: get('/hints'),
  'no-location': get('/no-location'),
  away: get('/away'),
  around: get('/around', { httpHeaders: [{ name: 'Host', value: 'shop.example' }] }),
  'to-tls': get('/to-tls'),
  round: get('/round/0'),
  'leads-to-error': get('/leads-to-error'),
  silent: { ...get('/silent'), timeoutSeconds: realSecond() },
  'slow-body': { ...get('/slow-body'), timeoutSeconds: realSecond() },
  'slow-error': { ...get('/slow-error'), timeoutSeconds: realSecond() },
  'cut-body': get('/cut-body'),
  endless: get('/endless'),
  'hang-up': get('/hang-up'),
  reset: get('/reset'),
  tls: get('/ok/tls', { port: 8443, scheme: 'HTTPS' }),
  'tls-mutual': get('/ok/mutual', { port: 8444, scheme: 'HTTPS' }),
  'tls-to-plain': get('/ok', { scheme: 'HTTPS' }),
  'plain-to-tls': get('/ok', { port: 8443 }),
  named: { ...get('/ok/named', { port: 'web' }), ports: [{ name: 'web', containerPort: 8080 }] },
  'named-elsewhere': get('/ok', { port: 'web' }),
  loopback: get('/ok', { port: 8081 }),
  nobody: get('/ok', { port: 9 }),
};

describeOnEngine.each(WAYS)('an httpGet probe of a real server, connected %s', (way) => {
  let pod: ProbedPod;
  let record: readonly Entry[];

  const outcome = (container: keyof typeof PROBED) => pod.outcome(container);
  const requests = (url: string) => record.filter((entry) => entry.url === url);
  const url = (at: string, port = 8080) => `http://${pod.ip}:${port}${at}`;

  beforeAll(async () => {
    pod = await ProbedPod.run({ ...fixture('server.cjs', 'httpServer.cjs'), ...fixture('expired.pem') }, PROBED, way);
    record = await pod.record();
  });
  afterAll(() => removePods('file'));

  test('sends the headers of the kubelet, and opens a new connection each time', () => {
    expect(outcome('plain')).toEqual({ result: 'Success', output: 'fine' });
    expect(requests('/ok?deep=true&a=b%20c')[0]).toMatchObject({
      port: 8080,
      headers: [
        ...['Host', `${pod.ip}:8080`],
        ...['User-Agent', `kube-probe/${NEWEST_VERSION}`],
        ...['Accept', '*/*'],
        ...['Connection', 'close'],
      ],
    });
    const connections = record.flatMap(({ connection = [] }) => connection);
    expect(new Set(connections).size).toBe(connections.length);
  });

  test('adds a slash to a relative path, and escapes a path that is not a valid URL', () => {
    expect(outcome('relative').result).toBe('Success');
    expect(requests('/ok')).not.toEqual([]);
    expect(outcome('unparsable').result).toBe('Success');
    expect(requests('/ok/100%25')).not.toEqual([]);
  });

  test('sends the headers of the manifest, with duplicates, instead of its own', () => {
    expect(outcome('headers').result).toBe('Success');
    expect(requests('/ok/headers')[0]?.headers).toEqual([
      ...['Host', 'shop.example'],
      ...['User-Agent', 'me'],
      ...['X-Token', 'one'],
      ...['X-Token', 'two'],
      ...['Connection', 'close'],
    ]);
  });

  test('closes the connection after the response, even if the server keeps it open', () => {
    expect(outcome('keeps-open')).toEqual({ result: 'Success', output: 'fine' });
    expect(record).toContainEqual({ port: 8082, hungUp: true });
  });

  test('fails on each status except 200 to 399, with any body', () => {
    expect(outcome('not-found')).toEqual({ result: 'Failure', output: 'HTTP probe failed with statuscode: 404' });
    expect(outcome('failing')).toEqual({ result: 'Failure', output: 'HTTP probe failed with statuscode: 503' });
    expect(pod.warning('failing')).toBe('Unhealthy Readiness probe failed: HTTP probe failed with statuscode: 503');
  });

  test('ignores interim responses', () => {
    expect(outcome('hints')).toEqual({ result: 'Success', output: 'fine' });
  });

  test('succeeds with a warning on a 3xx status without a location', () => {
    const output = 'Probe terminated redirects, Response body: ';
    expect(outcome('not-modified')).toEqual({ result: 'Warning', output });
    expect(outcome('no-location')).toEqual({ result: 'Warning', output });
  });

  test('follows a redirect to its host with its headers and a referer', () => {
    expect(outcome('around')).toEqual({ result: 'Success', output: 'there' });
    expect(requests('/arrived?by=redirect')[0]?.headers).toEqual([
      ...['Host', 'shop.example'],
      ...['User-Agent', `kube-probe/${NEWEST_VERSION}`],
      ...['Accept', '*/*'],
      ...['Referer', url('/around')],
      ...['Connection', 'close'],
    ]);
    expect(outcome('leads-to-error')).toEqual({ result: 'Failure', output: 'HTTP probe failed with statuscode: 500' });
  });

  test('follows a redirect to another port of its host, over TLS', () => {
    expect(outcome('to-tls')).toEqual({ result: 'Success', output: 'there' });
    expect(requests('/arrived')[0]).toMatchObject({ port: 8443 });
  });

  test('follows no redirect to another host, and succeeds with a warning', () => {
    expect(outcome('away')).toEqual({ result: 'Warning', output: 'Probe terminated redirects, Response body: go' });
    expect(requests('/away')).not.toEqual([]);
    expect(requests('/reached')).toEqual([]);
    expect(pod.warning('away')).toBe(
      'ProbeWarning Readiness probe warning: Probe terminated redirects, Response body: go',
    );
  });

  test('sends ten requests at most', () => {
    expect(outcome('round')).toEqual({ result: 'Failure', output: 'Get "/round/10": stopped after 10 redirects' });
    expect(requests('/round/9')).not.toEqual([]);
    expect(requests('/round/10')).toEqual([]);
  });

  test('fails if the response headers take longer than the timeout', () => {
    expect(outcome('silent')).toEqual({
      result: 'Failure',
      output: `Get "${url('/silent')}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
    });
  });

  test('is unknown after three attempts if the body is incomplete, for any status', () => {
    const late = 'context deadline exceeded (Client.Timeout or context cancellation while reading body)';
    expect(outcome('slow-body')).toEqual({ result: 'Errored', output: late });
    expect(outcome('slow-error')).toEqual({ result: 'Errored', output: late });
    expect(outcome('cut-body')).toEqual({ result: 'Errored', output: 'unexpected EOF' });
    expect(pod.warning('cut-body')).toBe(
      'Unhealthy Readiness probe errored and resulted in failure state: unexpected EOF',
    );
    expect(requests('/cut-body').length).toBeGreaterThanOrEqual(3);
  });

  test('reads 10 KiB of a body of a gigabyte, and closes the connection', () => {
    expect(outcome('endless')).toEqual({ result: 'Success', output: 'a'.repeat(10_240) });
    const sent = requests('/endless').flatMap((entry) => ('sent' in entry ? Number(entry.sent) : []));
    expect(sent).not.toEqual([]);
    expect(Math.max(...sent)).toBeLessThan(50e6);
  });

  test('fails if the server closes the connection', () => {
    expect(outcome('hang-up')).toEqual({ result: 'Failure', output: `Get "${url('/hang-up')}": EOF` });
    expect(outcome('reset').output).toContain('connection reset by peer');
  });

  test('accepts a certificate that is self-signed, expired and for another name', () => {
    expect(outcome('tls')).toEqual({ result: 'Success', output: 'fine' });
    expect(requests('/ok/tls')[0]?.headers).toEqual(expect.arrayContaining(['Host', `${pod.ip}:8443`]));
  });

  test('sends no client certificate', () => {
    expect(outcome('tls-mutual').result).toBe('Failure');
    expect(requests('/ok/mutual')).toEqual([]);
  });

  test('fails over TLS on a plain server, and without TLS on a TLS server', () => {
    expect(outcome('tls-to-plain')).toEqual({
      result: 'Failure',
      output: `Get "https://${pod.ip}:8080/ok": http: server gave HTTP response to HTTPS client`,
    });
    expect(outcome('plain-to-tls').result).toBe('Failure');
  });

  test('finds a named port only in its own container', () => {
    expect(outcome('named').result).toBe('Success');
    expect(requests('/ok/named')[0]).toMatchObject({ port: 8080 });
    expect(outcome('named-elsewhere')).toEqual({
      result: 'Errored',
      output: 'port "web" not found',
    });
  });

  test('does not reach a port on loopback, or without a server', async () => {
    const refusedError = (port: number) =>
      `Get "${url('/ok', port)}": dial tcp ${pod.ip}:${port}: connect: connection refused`;
    expect(await pod.exec('loopback', ['wget', '-qO-', 'http://127.0.0.1:8081/ok'])).toEqual({
      exitCode: 0,
      output: 'fine',
    });
    expect(outcome('loopback')).toEqual({ result: 'Failure', output: refusedError(8081) });
    expect(outcome('nobody')).toEqual({ result: 'Failure', output: refusedError(9) });
  });
});
