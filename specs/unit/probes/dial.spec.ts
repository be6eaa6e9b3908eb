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

test('an http probe ignores a proxy, asks for nothing compressed and hangs up afterwards', () => {
  expect(outcome('ok')).toEqual({ result: 'Success', output: 'fine' });
  expect(dialled.firstHeaders).toEqual([
    ...['Host', `127.0.0.1:${dialled.appPort}`],
    ...['User-Agent', 'kube-probe/1.36'],
    ...['Accept', '*/*'],
    ...['Connection', 'close'],
  ]);
});

test('an http probe sends its path as it is written', () => {
  expect(outcome('asWritten')).toEqual({ result: 'Success', output: 'as written' });
});

test('an http probe leaves a body packed as it comes', () => {
  expect(outcome('gzip')).toEqual({ result: 'Success', output: 'no gzip at all' });
});

test('an http probe bears a head of 60 KB, a bare line feed and a status without a phrase', () => {
  expect(outcome('bigHead')).toEqual({ result: 'Success', output: 'fine' });
  expect(outcome('bare')).toEqual({ result: 'Success', output: 'fine' });
});

test('an http probe reads 10 KiB of a body of 1 GB', () => {
  expect(outcome('big')).toEqual({ result: 'Success', output: 'a'.repeat(10_240) });
});

test('an http probe follows no redirect to another host, and no more than ten to its own', () => {
  expect(outcome('away')).toEqual({
    result: 'Warning',
    output: 'Probe terminated redirects, Response body: there',
    redirectedTo: 'http://elsewhere.example/',
  });
  expect(outcome('loop')).toEqual({ result: 'Failure', output: 'Get "/loop": stopped after 10 redirects' });
});

test('an http probe fails when no head comes in time, and errors when the body does not', () => {
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

test('an http probe errors when the body is cut off', () => {
  expect(outcome('cut')).toEqual({
    result: 'Errored',
    state: 'failure',
    output: 'unexpected EOF',
    failure: { kind: 'reset' },
  });
});

test('an http probe fails when the server hangs up, or does not speak HTTP', () => {
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

test('an https probe of an http server fails', () => {
  expect(outcome('tlsToHTTP')).toEqual({
    result: 'Failure',
    output: `Get "https://127.0.0.1:${dialled.appPort}/ok": http: server gave HTTP response to HTTPS client`,
  });
});

test('a tcp probe asks for no more than a connection', () => {
  expect(outcome('tcp')).toEqual({ result: 'Success', output: '' });
});

test('probes of a port where nobody listens fail', () => {
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

test('a grpc probe of a server that does not speak it shows as a timeout', () => {
  expect(outcome('grpcToHTTP')).toEqual({
    result: 'Failure',
    output: `timeout: failed to connect service "127.0.0.1:${dialled.appPort}" within 200ms: context deadline exceeded`,
    failure: { kind: 'timedOut' },
  });
});
