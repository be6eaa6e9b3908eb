import { expect, test } from '@jest/globals';
import type { HTTPGetAction } from '../../../../src/manifest/model';
import { wireHeaders } from '../../../../src/probes/http/headers';
import { requestForHTTPGet } from '../../../../src/probes/http/request';
import { formatURL, partsOf } from '../../../../src/probes/http/url';

const httpGet: HTTPGetAction = { path: '/healthz', port: 'web', scheme: 'HTTP' };
const ports = [{ name: 'web', containerPort: 8080 }];
const request = (given: Partial<HTTPGetAction>, podIP = '10.0.0.5') =>
  requestForHTTPGet({ ...httpGet, ...given }, ports, podIP, 'kube-probe/1.36', { textPortIsName: false });

test('uses the IP of the pod, and sends User-Agent and Accept', () => {
  expect(request({})).toEqual({
    url: 'http://10.0.0.5:8080/healthz',
    headers: { 'User-Agent': ['kube-probe/1.36'], Accept: ['*/*'] },
  });
});

test('uses the host of the probe', () => {
  expect(request({ host: 'example.com', scheme: 'HTTPS' }).url).toBe('https://example.com:8080/healthz');
});

test('encloses an IPv6 address in brackets', () => {
  expect(request({}, 'fd00::5').url).toBe('http://[fd00::5]:8080/healthz');
});

test('throws if the pod has no IP, because an empty address is the node itself', () => {
  expect(() => request({}, '')).toThrow('the pod has no IP yet');
});

test('uses a Host header as the virtual host, but not as the address', () => {
  expect(request({ httpHeaders: [{ name: 'HOST', value: 'shop.example' }] })).toMatchObject({
    url: 'http://10.0.0.5:8080/healthz',
    host: 'shop.example',
  });
});

test('sends a repeated header twice', () => {
  const { headers } = request({ httpHeaders: ['a', 'b'].map((value) => ({ name: 'x-flag', value })) });
  expect(headers['X-Flag']).toEqual(['a', 'b']);
});

test('prefers headers of the probe, and drops an empty Accept header', () => {
  const { headers } = request({
    httpHeaders: [
      { name: 'user-agent', value: 'me' },
      { name: 'accept', value: '' },
    ],
  });
  expect(headers).toEqual({ 'User-Agent': ['me'] });
});

test('sorts headers like Go, and closes the connection whatever the probe sets', () => {
  expect(
    wireHeaders('10.0.0.5:8080', {
      'X-Flag': ['a', 'b'],
      Accept: ['*/*'],
      Connection: ['Keep-Alive'],
      'Content-Length': ['7'],
      Host: ['ignored here'],
      'User-Agent': ['kube-probe/1.36'],
    }),
  ).toEqual([
    ['Host', '10.0.0.5:8080'],
    ['User-Agent', 'kube-probe/1.36'],
    ['Accept', '*/*'],
    ['Connection', 'Keep-Alive'],
    ['X-Flag', 'a'],
    ['X-Flag', 'b'],
    ['Connection', 'close'],
  ]);
});

test.each([
  ['', 'http://h:80'],
  ['healthz', 'http://h:80/healthz'],
  ['?full', 'http://h:80?full'],
  ['/a?b=c#d', 'http://h:80/a?b=c#d'],
  ['/a b/ü', 'http://h:80/a%20b/%C3%BC'],
  ['/a%2Fb', 'http://h:80/a%2Fb'],
  ['/50%?x', 'http://h:80/50%25%3Fx'],
  ['http://elsewhere/x', 'http://h:80/x'],
  ['1:2', 'http://h:80/1:2'],
])('formatURL turns path %j into %s', (path, url) => {
  expect(formatURL('http', 'h', 80, path)).toBe(url);
});

test('keeps the path unchanged, including dots', () => {
  expect(partsOf('http://h:80/a/../b?c#d')?.requestURI).toBe('/a/../b?c');
  expect(partsOf('https://[::1]?c')).toMatchObject({ hostname: '::1', port: 443, requestURI: '/?c' });
});
