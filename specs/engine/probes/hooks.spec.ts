import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { NEWEST_VERSION } from '../../../src/manifest/values/kubernetesVersion';
import { removePods } from '../../../src/pod/shared/registry';
import { describeOnEngine } from '../onEngine';
import { type Entry, fixture, ProbedPod, WAYS } from './probedPod';

const after = (postStart: object) => ({ lifecycle: { postStart }, exec: { command: ['true'] } });
const get = (path: string, more: object = {}) => ({ httpGet: { path, port: 8080, ...more } });
const SECRET = [{ name: 'Authorization', value: 'Bearer token' }];

const PROBED = {
  told: after(get('/ok/told?by=hook', { httpHeaders: SECRET })),
  failing: after(get('/status/500')),
  around: after(get('/around')),
  tls: after(get('/ok/tls', { port: 8443, scheme: 'HTTPS' })),
  'tls-to-plain': after(get('/ok/plain', { scheme: 'HTTPS', httpHeaders: SECRET })),
  stopped: { lifecycle: { preStop: get('/ok/stopped') }, exec: { command: ['true'] } },
};

describeOnEngine.each(WAYS)('an httpGet hook of a real server, connected %s', (way) => {
  let pod: ProbedPod;
  let record: readonly Entry[];
  const requests = (url: string) => record.filter((entry) => entry.url === url);

  beforeAll(async () => {
    const files = { ...fixture('server.cjs', 'httpServer.cjs'), ...fixture('expired.pem') };
    pod = await ProbedPod.run(files, PROBED, way);
    record = await pod.record();
  });
  afterAll(() => removePods('file'));

  test('sends the user agent of hooks, and succeeds with any response', () => {
    expect(requests('/ok/told?by=hook')[0]).toMatchObject({
      headers: [
        ...['Host', `${pod.ip}:8080`],
        ...['User-Agent', `kube-lifecycle/${NEWEST_VERSION}`],
        ...['Accept', '*/*'],
        ...['Authorization', 'Bearer token'],
        ...['Connection', 'close'],
      ],
    });
    expect(requests('/status/500')).toHaveLength(1);
    expect(pod.hooks('failing')).toMatchObject([{ hook: 'postStart', failed: false }]);
  });

  test('follows a redirect to its host, and accepts any certificate', () => {
    expect(requests('/arrived?by=redirect')).toHaveLength(1);
    expect(requests('/ok/tls')[0]).toMatchObject({ port: 8443 });
  });

  test('retries over plain HTTP without credentials if TLS fails, and records an event', () => {
    const [asked] = requests('/ok/plain');
    expect(asked).toMatchObject({ port: 8080 });
    expect(asked?.headers).not.toContain('Authorization');
    expect(pod.warning()).toBe(
      `LifecycleHTTPFallback request to HTTPS lifecycle hook ${pod.ip}:8080 got HTTP response, retry with HTTP succeeded`,
    );
  });

  test('runs preStop before the stop signal', async () => {
    pod.beginToEnd();
    await pod.until(() => pod.hooks('stopped').length > 0);
    expect(pod.hooks('stopped')).toMatchObject([{ hook: 'preStop', failed: false }]);
  });
});
