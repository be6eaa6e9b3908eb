import { expect, test } from '@jest/globals';
import { decideRedirect } from '../../../../src/probes/http/redirect';
import type { HTTPRequest } from '../../../../src/probes/http/request';

const first: HTTPRequest = {
  url: 'http://10.0.0.5:8080/healthz',
  headers: { 'User-Agent': ['kube-probe/1.36'], 'X-Token': ['t'] },
  host: 'shop.example',
};
const after = (location: string, status = 302, hops = [first]) => decideRedirect(hops, { status, location });

test('follows a redirect to a path with the same headers and Host, and adds Referer', () => {
  expect(after('/ready')).toEqual({
    kind: 'Follow',
    request: {
      url: 'http://10.0.0.5:8080/ready',
      headers: { 'User-Agent': ['kube-probe/1.36'], 'X-Token': ['t'], Referer: ['http://10.0.0.5:8080/healthz'] },
      host: 'shop.example',
    },
  });
});

test('follows to another port or scheme, but not to another host', () => {
  expect(after('https://10.0.0.5/login')).toMatchObject({ request: { url: 'https://10.0.0.5/login' } });
  expect(after('https://shop.example/login')).toEqual({ kind: 'Stop' });
  expect(after('mailto:me@10.0.0.5')).toEqual({ kind: 'Stop' });
});

test('drops the Host header if the redirect names the host', () => {
  expect(after('http://10.0.0.5:8080/ready')).not.toHaveProperty('request.host');
});

test('sends no Referer from HTTPS to HTTP', () => {
  const secure = { ...first, url: 'https://10.0.0.5:8443/healthz' };
  expect(after('http://10.0.0.5/', 302, [secure])).not.toHaveProperty('request.headers.Referer');
});

test.each([300, 304, 305])('ignores status %i, which is not a redirect', (status) => {
  expect(after('/ready', status)).toEqual({ kind: 'Stop' });
});

test('stops at a redirect without a Location header', () => {
  expect(decideRedirect([first], { status: 308 })).toEqual({ kind: 'Stop' });
});

test('fails at the tenth redirect', () => {
  const ten = Array.from({ length: 10 }, () => first);
  expect(after('/loop', 302, ten.slice(1))).toMatchObject({ kind: 'Follow' });
  expect(after('/loop', 302, ten)).toEqual({ kind: 'Fail', message: 'Get "/loop": stopped after 10 redirects' });
});
