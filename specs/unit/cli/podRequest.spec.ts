import { describe, expect, test } from '@jest/globals';
import { formatUnknown, parsePair, parsePodRequest, splitNames } from '../../../src/cli/podRequest';
import { UsageError } from '../../../src/cli/usageError';

describe('podRequestFrom', () => {
  test('validates against the newest version by default', () => {
    expect(parsePodRequest({})).toEqual({ images: {}, services: {}, allow: [], kubernetesVersion: '1.37' });
  });

  test('reads images and builds by container', () => {
    const { images } = parsePodRequest({ image: ['web=shop/web:2', 'nginx:1=nginx:2'], build: ['cart=./cart'] });
    expect(images).toEqual({ web: 'shop/web:2', 'nginx:1': 'nginx:2', cart: { build: './cart' } });
  });

  test('rejects an image and a build for the same container', () => {
    expect(() => parsePodRequest({ image: ['web=web:2'], build: ['web=.'] })).toThrow(
      new UsageError('--image and --build: web has both. Remove one'),
    );
  });

  test('distinguishes containers from addresses of services', () => {
    const service = [
      'db=localhost:5432',
      'queue=container:5672',
      'cache=container:my-redis',
      'mail=container:0123456789012',
    ];
    const { services } = parsePodRequest({ service });
    const addresses = Object.entries(services).map(([name, at]) => [
      name,
      typeof at === 'object' && 'getId' in at ? `the container ${at.getId()}` : at,
    ]);
    expect(addresses).toEqual([
      ['db', 'localhost:5432'],
      ['queue', 'container:5672'],
      ['cache', 'the container my-redis'],
      ['mail', 'the container 0123456789012'],
    ]);
  });

  test('reads allowed fields one by one or in a list', () => {
    expect(parsePodRequest({ allow: ['hostPath, hostPID', 'unknown-port'] }).allow).toEqual([
      'hostPath',
      'hostPID',
      'unknown-port',
    ]);
    expect(() => parsePodRequest({ allow: ['hostpath'] })).toThrow(
      new UsageError('--allow: unknown field "hostpath". Did you mean "hostPath"?'),
    );
  });

  test('rejects an unsupported Kubernetes version', () => {
    expect(parsePodRequest({ kubernetesVersion: '1.36.3' }).kubernetesVersion).toBe('1.36.3');
    expect(() => parsePodRequest({ kubernetesVersion: '1.2' })).toThrow(/^--kubernetes-version /);
    expect(() => parsePodRequest({ kubernetesVersion: 'latest' })).toThrow(UsageError);
  });

  test('reads maxContainerRestartPeriod', () => {
    const { crashLoopBackOff } = parsePodRequest({ crashLoopBackOff: ['maxContainerRestartPeriod=60s'] });
    expect(crashLoopBackOff).toEqual({ maxContainerRestartPeriod: '60s' });
    expect(parsePodRequest({})).not.toHaveProperty('crashLoopBackOff');
  });

  test.each([
    ['maxContainerRestartPeriod', {}, '--crash-loop-back-off must be NAME=VALUE such as maxContainerRestartPeriod=60s'],
    ['maxContainerRestartPeriod=1h', {}, "must be a duration from '1s' to '300s', received '1h'"],
    ['maxPeriod=60s', {}, 'crashLoopBackOff: unknown option "maxPeriod"'],
    ['maxContainerRestartPeriod=60s', { kubernetesVersion: '1.34' }, 'is off in Kubernetes 1.34'],
  ])('rejects --crash-loop-back-off %s with %j', (given, others, message) => {
    expect(() => parsePodRequest({ crashLoopBackOff: [given], ...others })).toThrow(message);
    expect(() => parsePodRequest({ crashLoopBackOff: [given], ...others })).toThrow(UsageError);
  });
});

describe('parsePair', () => {
  test('splits at the first equals sign', () => {
    expect(parsePair('--set', 'note=a=b', 'a=b')).toEqual(['note', 'a=b']);
  });

  test.each(['web', '=web:1', 'web=', ''])('rejects %j with an example', (given) => {
    expect(() => parsePair('--image', given, 'web=checkout:dev')).toThrow(
      new UsageError(`--image must be NAME=VALUE such as web=checkout:dev, received ${JSON.stringify(given)}`),
    );
  });
});

describe('splitNames', () => {
  test('splits at commas, and drops empty names', () => {
    expect(splitNames(['lint, valid', 'drains', ',, '])).toEqual(['lint', 'valid', 'drains']);
    expect(splitNames(undefined)).toEqual([]);
  });
});

describe('formatUnknown', () => {
  test('suggests the nearest name, or lists all names', () => {
    expect(formatUnknown('--only', 'check', 'lnit', ['lint', 'valid'])).toBe(
      '--only: unknown check "lnit". Did you mean "lint"?',
    );
    expect(formatUnknown('--only', 'check', 'speed', ['lint', 'valid'])).toBe(
      '--only: unknown check "speed". Valid values: lint, valid',
    );
  });
});
