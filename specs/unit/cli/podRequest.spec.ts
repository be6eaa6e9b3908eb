import { describe, expect, test } from '@jest/globals';
import { describeUnknown, pair, podRequestFrom, splitNames } from '../../../src/cli/podRequest';
import { UsageError } from '../../../src/cli/usageError';

describe('podRequestFrom', () => {
  test('validates against the newest version by default', () => {
    expect(podRequestFrom({})).toEqual({ images: {}, services: {}, allow: [], kubernetesVersion: '1.37' });
  });

  test('reads images and builds by container', () => {
    const { images } = podRequestFrom({ image: ['web=shop/web:2', 'nginx:1=nginx:2'], build: ['cart=./cart'] });
    expect(images).toEqual({ web: 'shop/web:2', 'nginx:1': 'nginx:2', cart: { build: './cart' } });
  });

  test('rejects an image and a build for the same container', () => {
    expect(() => podRequestFrom({ image: ['web=web:2'], build: ['web=.'] })).toThrow(
      new UsageError('web is in --image and in --build'),
    );
  });

  test('distinguishes containers from addresses of services', () => {
    const service = [
      'db=localhost:5432',
      'queue=container:5672',
      'cache=container:my-redis',
      'mail=container:0123456789012',
    ];
    const { services } = podRequestFrom({ service });
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
    expect(podRequestFrom({ allow: ['hostPath, hostPID', 'unknown-port'] }).allow).toEqual([
      'hostPath',
      'hostPID',
      'unknown-port',
    ]);
    expect(() => podRequestFrom({ allow: ['hostpath'] })).toThrow(
      new UsageError('--allow hostpath: there is no such field; did you mean hostPath?'),
    );
  });

  test('rejects an unsupported Kubernetes version', () => {
    expect(podRequestFrom({ kubernetesVersion: '1.36.3' }).kubernetesVersion).toBe('1.36.3');
    expect(() => podRequestFrom({ kubernetesVersion: '1.2' })).toThrow(/^--kubernetes-version /);
    expect(() => podRequestFrom({ kubernetesVersion: 'latest' })).toThrow(UsageError);
  });

  test('reads maxContainerRestartPeriod', () => {
    const { crashLoopBackOff } = podRequestFrom({ crashLoopBackOff: ['maxContainerRestartPeriod=60s'] });
    expect(crashLoopBackOff).toEqual({ maxContainerRestartPeriod: '60s' });
    expect(podRequestFrom({})).not.toHaveProperty('crashLoopBackOff');
  });

  test.each([
    ['maxContainerRestartPeriod', {}, '--crash-loop-back-off maxContainerRestartPeriod: write a name and a value'],
    ['maxContainerRestartPeriod=1h', {}, "must be a duration from '1s' to '300s', received '1h'"],
    ['maxPeriod=60s', {}, 'crashLoopBackOff: unknown option "maxPeriod"'],
    ['maxContainerRestartPeriod=60s', { kubernetesVersion: '1.34' }, 'is off in Kubernetes 1.34'],
  ])('rejects --crash-loop-back-off %s with %j', (given, others, message) => {
    expect(() => podRequestFrom({ crashLoopBackOff: [given], ...others })).toThrow(message);
    expect(() => podRequestFrom({ crashLoopBackOff: [given], ...others })).toThrow(UsageError);
  });
});

describe('pair', () => {
  test('splits at the first equals sign', () => {
    expect(pair('--set', 'note=a=b', 'a=b')).toEqual(['note', 'a=b']);
  });

  test.each(['web', '=web:1', 'web=', ''])('rejects %j with an example', (given) => {
    expect(() => pair('--image', given, 'web=checkout:dev')).toThrow(
      new UsageError(`--image ${given}: write a name and a value, as in --image web=checkout:dev`),
    );
  });
});

describe('splitNames', () => {
  test('splits at commas, and drops empty names', () => {
    expect(splitNames(['lint, valid', 'drains', ',, '])).toEqual(['lint', 'valid', 'drains']);
    expect(splitNames(undefined)).toEqual([]);
  });
});

describe('describeUnknown', () => {
  test('suggests the nearest name, or lists all names', () => {
    expect(describeUnknown('--only lnit', 'there is no such check', 'lnit', ['lint', 'valid'])).toBe(
      '--only lnit: there is no such check; did you mean lint?',
    );
    expect(describeUnknown('--only speed', 'there is no such check', 'speed', ['lint', 'valid'])).toBe(
      '--only speed: there is no such check; there are lint, valid',
    );
  });
});
