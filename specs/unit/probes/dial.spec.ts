import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from '@jest/globals';
import type { ProbeOutcome } from '../../../src/kubelet/state/protocol';

interface Dialled {
  readonly outcomes: Readonly<Record<string, ProbeOutcome>>;
  readonly firstHeaders: readonly string[];
  readonly appPort: number;
  readonly smtpPort: number;
}

let dialled: Dialled;

beforeAll(async () => {
  const root = path.join(__dirname, '../../..');
  const args = ['--import', './specs/typescript.mjs', 'specs/unit/probes/program.ts'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  dialled = JSON.parse(stdout);
});

const outcome = (name: string) => dialled.outcomes[name];
const url = (page: string) => `http://127.0.0.1:${dialled.appPort}${page}`;

test('HTTP probe ignores proxies, accepts no compression and closes the connection', () => {
  expect(outcome('ok')).toEqual({ result: 'Success', output: 'fine' });
  expect(dialled.firstHeaders).toEqual([
    ...['Host', `127.0.0.1:${dialled.appPort}`],
    ...['User-Agent', 'kube-probe/1.36'],
    ...['Accept', '*/*'],
    ...['Connection', 'close'],
  ]);
});

test('HTTP probe sends its path unchanged', () => {
  expect(outcome('asWritten')).toEqual({ result: 'Success', output: 'as written' });
});

test('HTTP probe keeps a compressed body', () => {
  expect(outcome('gzip')).toEqual({ result: 'Success', output: 'no gzip at all' });
});

test('HTTP probe accepts a 60 KB head, bare line feeds and a status without a phrase', () => {
  expect(outcome('bigHead')).toEqual({ result: 'Success', output: 'fine' });
  expect(outcome('bare')).toEqual({ result: 'Success', output: 'fine' });
});

test('HTTP probe reads 10 KiB of a body of 1 GB', () => {
  expect(outcome('big')).toEqual({ result: 'Success', output: 'a'.repeat(10_240) });
});

test('HTTP probe follows at most ten redirects, and none to another host', () => {
  expect(outcome('away')).toEqual({
    result: 'Warning',
    output: 'Probe terminated redirects, Response body: there',
    redirectedTo: 'http://elsewhere.example/',
  });
  expect(outcome('loop')).toEqual({ result: 'Failure', output: 'Get "/loop": stopped after 10 redirects' });
});

test('HTTP probe fails on a late head, and returns Errored for a late body', () => {
  expect(outcome('silent')).toEqual({
    result: 'Failure',
    output: `Get "${url('/silent')}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
    failure: { kind: 'timedOut' },
  });
  expect(outcome('slow')).toEqual({
    result: 'Errored',
    state: 'failure',
    output: 'context deadline exceeded (Client.Timeout or context cancellation while reading body)',
    failure: { kind: 'timedOut' },
  });
});

test('HTTP probe returns Errored if the body is cut off', () => {
  expect(outcome('cut')).toEqual({
    result: 'Errored',
    state: 'failure',
    output: 'unexpected EOF',
    failure: { kind: 'reset' },
  });
});

test('HTTP probe fails if the server closes the connection or does not speak HTTP', () => {
  expect(outcome('hangUp')).toEqual({
    result: 'Failure',
    output: `Get "${url('/hang-up')}": EOF`,
    failure: { kind: 'reset' },
  });
  expect(outcome('reset')).toEqual({
    result: 'Failure',
    output: `Get "${url('/reset')}": read tcp: read: connection reset by peer`,
    failure: { kind: 'reset' },
  });
  expect(outcome('smtp')).toEqual({
    result: 'Failure',
    output: `Get "http://127.0.0.1:${dialled.smtpPort}/": net/http: HTTP/1.x transport connection broken: malformed HTTP response "220 ready"`,
  });
});

test('HTTPS probe of an HTTP server fails', () => {
  expect(outcome('tlsToHTTP')).toEqual({
    result: 'Failure',
    output: `Get "https://127.0.0.1:${dialled.appPort}/ok": http: server gave HTTP response to HTTPS client`,
  });
});

test('TCP probe only opens a connection', () => {
  expect(outcome('tcp')).toEqual({ result: 'Success', output: '' });
});

test('probes of a port without a listener fail', () => {
  expect(outcome('refused')).toEqual({
    result: 'Failure',
    output: 'Get "http://127.0.0.1:1/": dial tcp 127.0.0.1:1: connect: connection refused',
    failure: { kind: 'refused' },
  });
  expect(outcome('tcpRefused')).toEqual({
    result: 'Failure',
    output: 'dial tcp 127.0.0.1:1: connect: connection refused',
    failure: { kind: 'refused' },
  });
});

test('gRPC probe of a server without gRPC fails with a timeout', () => {
  expect(outcome('grpcToHTTP')).toEqual({
    result: 'Failure',
    output: `timeout: failed to connect service "127.0.0.1:${dialled.appPort}" within 200ms: context deadline exceeded`,
    failure: { kind: 'timedOut' },
  });
});
