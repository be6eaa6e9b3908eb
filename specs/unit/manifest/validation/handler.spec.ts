import { describe, expect, test } from '@jest/globals';
import {
  validateHandler,
  validateLifecycle,
  validateSleepAction,
  type WrittenHandler,
} from '../../../../src/manifest/validation/handler';
import { NEWEST } from '../../../../src/manifest/values/apiServer';
import { FieldPath } from '../../../../src/manifest/values/fieldPath';
import { errorTexts } from './errorTexts';

const at = (kubernetesVersion: string) => ({ ...NEWEST, kubernetesVersion });
const errorsOf = (handler: WrittenHandler) => errorTexts(validateHandler(handler, 30, FieldPath.of('probe')));

describe('validateHandler', () => {
  test('requires one handler, and checks the first one in the order of Kubernetes', () => {
    expect(errorsOf({ grpc: { port: 0 }, httpGet: { port: 0 }, exec: { command: [] } })).toEqual([
      'probe.exec.command: Required value',
      'probe.httpGet: Forbidden: may not specify more than 1 handler type',
      'probe.grpc: Forbidden: may not specify more than 1 handler type',
    ]);
    expect(errorsOf({})).toEqual(['probe: Required value: must specify a handler type']);
  });

  test.each([
    [0, 'Invalid value: 0: must be between 1 and 65535, inclusive'],
    [65536, 'Invalid value: 65536: must be between 1 and 65535, inclusive'],
    ['a-port-of-16-chr', 'Invalid value: "a-port-of-16-chr": must be no more than 15 characters'],
    ['HTTP', 'Invalid value: "HTTP": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)'],
    ['8080', 'Invalid value: "8080": must contain at least one letter (a-z)'],
    ['a--b', 'Invalid value: "a--b": must not contain consecutive hyphens'],
    ['-ab', 'Invalid value: "-ab": must not begin or end with a hyphen'],
  ])('rejects port %s', (port, body) => {
    expect(errorsOf({ tcpSocket: { port } })).toContain(`probe.tcpSocket.port: ${body}`);
  });

  test.each([1, 65535, 'http'])('accepts port %s', (port) => {
    expect(errorsOf({ tcpSocket: { port } })).toEqual([]);
  });

  test('requires a path, an uppercase scheme and valid header names for httpGet', () => {
    const httpHeaders = [
      { name: 'X_Real_IP', value: '' },
      { name: 'X-Real-IP', value: '' },
    ];
    expect(errorsOf({ httpGet: { port: 80, scheme: 'https', httpHeaders } })).toEqual([
      'probe.httpGet.path: Required value',
      'probe.httpGet.scheme: Unsupported value: "https": supported values: "HTTP", "HTTPS"',
      `probe.httpGet.httpHeaders: Invalid value: "X_Real_IP": a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')`,
    ]);
  });

  test.each([
    [{ protocol: 'HTTP3' }, ['probe.httpGet.protocol: Unsupported value: "HTTP3": supported values: "HTTP1", "HTTP2"']],
    [
      { protocol: 'HTTP2', scheme: 'HTTPS' },
      ['probe.httpGet.protocol: Invalid value: "HTTP2": is only supported with HTTP (H2C)'],
    ],
    [
      { protocol: 'HTTP2', host: 'shop' },
      ['probe.httpGet.host: Invalid value: "shop": must be empty when `protocol` is "HTTP2"'],
    ],
    [{ protocol: 'HTTP2' }, []],
    [{ protocol: 'HTTP1', scheme: 'HTTPS', host: 'shop' }, []],
  ])('checks the protocol of httpGet %j', (action, errors) => {
    expect(errorsOf({ httpGet: { path: '/', port: 80, scheme: 'HTTP', ...action } })).toEqual(errors);
  });

  test('accepts only a known grpc mode', () => {
    expect(errorsOf({ grpc: { port: 9090, mode: 'tls' } })).toEqual([
      'probe.grpc.mode: Unsupported value: "tls": supported values: "Plaintext", "TLS"',
    ]);
    expect(errorsOf({ grpc: { port: 9090, mode: 'TLS' } })).toEqual([]);
    expect(errorsOf({ grpc: { port: 9090 } })).toEqual([]);
  });
});

describe('validateLifecycle', () => {
  test('checks both hooks at their own fields', () => {
    expect(errorTexts(validateLifecycle({ postStart: {}, preStop: { exec: {} } }, 30, FieldPath.of('l')))).toEqual([
      'l.postStart: Required value: must specify a handler type',
      'l.preStop.exec.command: Required value',
    ]);
    expect(validateLifecycle({}, 30, FieldPath.of('l'))).toEqual([]);
  });
});

describe('validateSleepAction', () => {
  const errorsFor = (seconds: number, version: string, gracePeriod: number | undefined = 30) =>
    errorTexts(validateSleepAction({ seconds }, gracePeriod, FieldPath.of('sleep'), at(version)));

  test.each([
    ['1.36', 31, 'must be non-negative and less than terminationGracePeriodSeconds (30)'],
    ['1.36', -1, 'must be non-negative and less than terminationGracePeriodSeconds (30)'],
    [
      '1.32',
      0,
      'must be greater than 0 and less than terminationGracePeriodSeconds (30). Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep.',
    ],
    ['1.31', 0, 'must be greater than 0 and less than terminationGracePeriodSeconds (30)'],
    ['1.31', 31, 'must be greater than 0 and less than terminationGracePeriodSeconds (30)'],
  ])('rejects in %s a sleep of %d seconds', (version, seconds, detail) => {
    expect(errorsFor(seconds, version)).toEqual([`sleep: Invalid value: ${seconds}: ${detail}`]);
  });

  test('accepts a sleep as long as the grace period, and since 1.33 a sleep of zero', () => {
    expect(errorsFor(30, '1.37')).toEqual([]);
    expect(errorsFor(30, '1.31')).toEqual([]);
    expect(errorsFor(0, '1.33')).toEqual([]);
  });

  test('checks nothing without a grace period', () => {
    expect(validateSleepAction({ seconds: -1 }, undefined, FieldPath.of('sleep'))).toEqual([]);
  });
});
