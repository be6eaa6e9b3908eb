import { expect, test } from '@jest/globals';
import { judgeHTTP } from '../../../../src/probes/http/judge';
import { transportErrorText } from '../../../../src/probes/http/transportError';

test.each([200, 204, 299])('returns Success for status %i, with the body as output', (status) => {
  expect(judgeHTTP({ kind: 'Responded', status, body: 'ok' })).toEqual({ result: 'Success', output: 'ok' });
});

test.each([300, 302, 304, 399])('returns Warning for redirect status %i', (status) => {
  expect(judgeHTTP({ kind: 'Responded', status, body: '<a>' })).toEqual({
    result: 'Warning',
    output: 'Probe terminated redirects, Response body: <a>',
  });
});

test.each([101, 400, 404, 503])('returns Failure for status %i, without the body in the output', (status) => {
  expect(judgeHTTP({ kind: 'Responded', status, body: '\n cache is down \nat connect' })).toEqual({
    result: 'Failure',
    output: `HTTP probe failed with statuscode: ${status}`,
    failure: { kind: 'status', status },
    response: 'cache is down',
  });
});

test('returns Failure without a response', () => {
  expect(judgeHTTP({ kind: 'Failed', message: 'Get "http://h/": EOF', failure: { kind: 'reset' } })).toEqual({
    result: 'Failure',
    output: 'Get "http://h/": EOF',
    failure: { kind: 'reset' },
  });
});

test('returns Errored for a lost body, so the result is ignored', () => {
  expect(judgeHTTP({ kind: 'BodyLost', message: 'unexpected EOF' })).toEqual({
    result: 'Errored',
    state: 'failure',
    output: 'unexpected EOF',
  });
});

const connect = { message: '', syscall: 'connect', address: '10.0.0.5', port: 8080 };

test.each([
  [{ ...connect, code: 'ECONNREFUSED' }, 'dial tcp 10.0.0.5:8080: connect: connection refused'],
  [{ ...connect, code: 'EHOSTUNREACH' }, 'dial tcp 10.0.0.5:8080: connect: no route to host'],
  [
    { message: '', code: 'ECONNREFUSED', errors: [{ ...connect, code: 'ECONNREFUSED' }] },
    'dial tcp 10.0.0.5:8080: connect: connection refused',
  ],
  [{ message: '', syscall: 'getaddrinfo', code: 'ENOTFOUND', hostname: 'db' }, 'dial tcp: lookup db: no such host'],
  [{ message: 'socket hang up', code: 'ECONNRESET' }, 'EOF'],
  [{ message: '', code: 'ECONNRESET', syscall: 'read' }, 'read tcp: read: connection reset by peer'],
  [
    { message: 'write EPROTO 1:error:0A00010B:SSL routines:f:wrong version number:x.c:1:', code: 'EPROTO' },
    'http: server gave HTTP response to HTTPS client',
  ],
  [
    { message: '', code: 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', reason: 'ssl/tls alert handshake failure' },
    'remote error: tls: handshake failure',
  ],
  [
    {
      message: '',
      code: 'HPE_INVALID_CONSTANT',
      reason: 'Expected HTTP/',
      rawPacket: Buffer.from('220 smtp ready\r\n'),
    },
    'net/http: HTTP/1.x transport connection broken: malformed HTTP response "220 smtp ready"',
  ],
])('transportErrorText prints %j as %s', (error, text) => {
  expect(transportErrorText(error)).toBe(text);
});
