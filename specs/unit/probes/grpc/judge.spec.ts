import { expect, test } from '@jest/globals';
import { decodeHealthCheckResponse, encodeHealthCheckRequest } from '../../../../src/probes/grpc/health';
import { type GRPCAnswer, judgeGRPC } from '../../../../src/probes/grpc/judge';
import type { HandlerFailure } from '../../../../src/timeline/causes';

const judge = (answer: GRPCAnswer) => judgeGRPC(answer, { host: '10.0.0.5', port: 9000, service: '' }, 2000);

test('returns Success for SERVING', () => {
  expect(judge({ kind: 'Checked', status: 'SERVING' })).toEqual({ result: 'Success', output: 'service healthy' });
});

test.each<[GRPCAnswer, string, HandlerFailure]>([
  [
    { kind: 'Checked', status: 'NOT_SERVING' },
    'service unhealthy (responded with "NOT_SERVING")',
    { kind: 'notServing' },
  ],
  [
    { kind: 'NotConnected' },
    'timeout: failed to connect service "10.0.0.5:9000" within 2s: context deadline exceeded',
    { kind: 'timedOut' },
  ],
  [
    { kind: 'CallFailed', code: 4, message: 'Deadline exceeded' },
    'timeout: health rpc did not complete within 2s',
    { kind: 'timedOut' },
  ],
  [
    { kind: 'CallFailed', code: 12, message: 'unknown service' },
    'error: this server does not implement the grpc health protocol (grpc.health.v1.Health): unknown service',
    { kind: 'rpc', code: 'Unimplemented' },
  ],
  [
    { kind: 'CallFailed', code: 5, message: 'unknown service' },
    'error: health rpc probe failed: rpc error: code = NotFound desc = unknown service',
    { kind: 'rpc', code: 'NotFound' },
  ],
  [
    { kind: 'CallFailed', code: 14, message: 'read ECONNRESET' },
    'error: health rpc probe failed: rpc error: code = Unavailable desc = read ECONNRESET',
    { kind: 'reset' },
  ],
  [
    { kind: 'CallFailed', code: 14, message: 'shutting down' },
    'error: health rpc probe failed: rpc error: code = Unavailable desc = shutting down',
    { kind: 'rpc', code: 'Unavailable' },
  ],
])('returns Failure for %j', (answer, output, failure) => {
  expect(judge(answer)).toEqual({ result: 'Failure', output, failure });
});

test('encodes the service name, and an empty request for the whole server', () => {
  expect(encodeHealthCheckRequest('')).toHaveLength(0);
  expect(encodeHealthCheckRequest('shop')).toEqual(Buffer.from('\x0a\x04shop'));
  expect(encodeHealthCheckRequest('s'.repeat(200)).subarray(0, 3)).toEqual(Buffer.from([0x0a, 0xc8, 0x01]));
});

test.each([
  [[], 'UNKNOWN'],
  [[8, 1], 'SERVING'],
  [[8, 2], 'NOT_SERVING'],
  [[8, 3], 'SERVICE_UNKNOWN'],
  [[8, 9], '9'],
  [[0x12, 2, 8, 2, 8, 1], 'SERVING'],
  [[0x1d, 8, 2, 0, 0, 8, 1], 'SERVING'],
  [[0x19, 8, 2, 0, 0, 0, 0, 0, 0, 8, 1], 'SERVING'],
])('decodes bytes %j as %s', (bytes, status) => {
  expect(decodeHealthCheckResponse(Uint8Array.from(bytes))).toBe(status);
});
