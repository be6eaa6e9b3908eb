import { expect, test } from '@jest/globals';
import { decideRedirect } from '../../../../src/probes/http/redirect';
import type { HTTPRequest } from '../../../../src/probes/http/request';

const first: HTTPRequest = {
  url: 'http://10.0.0.5:8080/healthz',
  headers: { 'User-Agent': ['kube-probe/1.36'], 'X-Token': ['t'] },
  host: 'shop.example',
};
const after = (location: string, status = 302, hops = [first]) => decideRedirect(hops, { status, location });

test('a redirect to a path is followed, with the same headers and Host, and says where it comes from', () => {
  expect(after('/ready')).toEqual({
    kind: 'Follow',
    request: {
      url: 'http://10.0.0.5:8080/ready',
      headers: { 'User-Agent': ['kube-probe/1.36'], 'X-Token': ['t'], Referer: ['http://10.0.0.5:8080/healthz'] },
      host: 'shop.example',
    },
  });
});

test('port and scheme may change, the host name may not', () => {
  expect(after('https://10.0.0.5/login')).toMatchObject({ request: { url: 'https://10.0.0.5/login' } });
  expect(after('https://shop.example/login')).toEqual({ kind: 'Stop' });
  expect(after('mailto:me@10.0.0.5')).toEqual({ kind: 'Stop' });
});

test('a redirect that names the host again is asked for by that name', () => {
  expect(after('http://10.0.0.5:8080/ready')).not.toHaveProperty('request.host');
});

test('nobody is told of a page seen over TLS', () => {
  const secure = { ...first, url: 'https://10.0.0.5:8443/healthz' };
  expect(after('http://10.0.0.5/', 302, [secure])).not.toHaveProperty('request.headers.Referer');
});

test.each([300, 304, 305])('status %i is no redirect', (status) => {
  expect(after('/ready', status)).toEqual({ kind: 'Stop' });
});

test('a redirect without a location is judged as it is', () => {
  expect(decideRedirect([first], { status: 308 })).toEqual({ kind: 'Stop' });
});

test('the tenth redirect is one too many', () => {
  const ten = Array.from({ length: 10 }, () => first);
  expect(after('/loop', 302, ten.slice(1))).toMatchObject({ kind: 'Follow' });
  expect(after('/loop', 302, ten)).toEqual({ kind: 'Fail', message: 'Get "/loop": stopped after 10 redirects' });
});
