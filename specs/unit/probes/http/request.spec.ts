import { expect, test } from '@jest/globals';
import type { HTTPGetAction } from '../../../../src/manifest/model';
import { wireHeaders } from '../../../../src/probes/http/headers';
import { requestForHTTPGet } from '../../../../src/probes/http/request';
import { formatURL, partsOf } from '../../../../src/probes/http/url';

const httpGet: HTTPGetAction = { path: '/healthz', port: 'web', scheme: 'HTTP' };
const ports = [{ name: 'web', containerPort: 8080 }];
const request = (given: Partial<HTTPGetAction>, podIP = '10.0.0.5') =>
  requestForHTTPGet({ ...httpGet, ...given }, ports, podIP, 'kube-probe/1.36', { textPortIsName: false });

test('asks the pod’s IP, says who it is and takes anything', () => {
  expect(request({})).toEqual({
    url: 'http://10.0.0.5:8080/healthz',
    headers: { 'User-Agent': ['kube-probe/1.36'], Accept: ['*/*'] },
  });
});

test('connects to host where one is named', () => {
  expect(request({ host: 'example.com', scheme: 'HTTPS' }).url).toBe('https://example.com:8080/healthz');
});

test('puts an IPv6 address into brackets', () => {
  expect(request({}, 'fd00::5').url).toBe('http://[fd00::5]:8080/healthz');
});

test('refuses to ask a pod that has no IP: the empty address is the node itself', () => {
  expect(() => request({}, '')).toThrow('the pod has no IP yet');
});

test('a Host header is the virtual host, whoever is connected to', () => {
  expect(request({ httpHeaders: [{ name: 'HOST', value: 'shop.example' }] })).toMatchObject({
    url: 'http://10.0.0.5:8080/healthz',
    host: 'shop.example',
  });
});

test('a header given twice is sent twice', () => {
  const { headers } = request({ httpHeaders: ['a', 'b'].map((value) => ({ name: 'x-flag', value })) });
  expect(headers['X-Flag']).toEqual(['a', 'b']);
});

test('a header of the user’s replaces the kubelet’s, and an empty Accept removes it', () => {
  const { headers } = request({
    httpHeaders: [
      { name: 'user-agent', value: 'me' },
      { name: 'accept', value: '' },
    ],
  });
  expect(headers).toEqual({ 'User-Agent': ['me'] });
});

test('header lines go out in Go’s order and close the connection, whatever the user says of it', () => {
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
])('path %j makes %s', (path, url) => {
  expect(formatURL('http', 'h', 80, path)).toBe(url);
});

test('a path goes on the wire as it is written, dots and all', () => {
  expect(partsOf('http://h:80/a/../b?c#d')?.requestURI).toBe('/a/../b?c');
  expect(partsOf('https://[::1]?c')).toMatchObject({ hostname: '::1', port: 443, requestURI: '/?c' });
});
