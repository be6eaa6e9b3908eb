import { availableParallelism } from 'node:os';
import { describe, expect, test } from '@jest/globals';
import { overridden } from '../../../../src/cli/gate/rawOptions';
import { requestFrom } from '../../../../src/cli/gate/request';
import { CHECK_IDS } from '../../../../src/gate/model/checks';

test('asks for every check, of every workload, unless told otherwise', () => {
  expect(requestFrom({ file: ['k8s/'] })).toEqual({
    files: ['k8s/'],
    tools: [],
    workloads: [],
    isSkipping: true,
    matrix: false,
    checks: CHECK_IDS,
    images: {},
    services: {},
    allow: [],
    policy: { failOn: 'error', waivers: [] },
    paths: [],
    withinMs: 600_000,
    within: '10m',
    parallel: 4 * availableParallelism(),
    kubernetesVersion: '1.37',
    endpointRemovalDelay: '1s',
    outputs: [{ format: 'text' }],
  });
});

test('lets all time pass with --no-skip, from the command line or a config file', () => {
  expect(requestFrom({ file: ['k8s/'], noSkip: true }).isSkipping).toBe(false);
  expect(requestFrom({ file: ['k8s/'], noSkip: 'true' }).isSkipping).toBe(false);
  expect(requestFrom({ file: ['k8s/'], noSkip: 'false' }).isSkipping).toBe(true);
});

test('sets values of a chart as helm reads them', () => {
  const set = ['image.tag=1.10', 'replicas=3', 'debug=true', 'zone=007', 'note=a=b'];
  const { tools } = requestFrom({ helm: 'charts/web', values: ['a.yaml', 'b.yaml'], set });
  expect(tools).toEqual([
    {
      tool: 'helm',
      chart: 'charts/web',
      values: ['a.yaml', 'b.yaml'],
      set: { 'image.tag': '1.10', replicas: 3, debug: true, zone: '007', note: 'a=b' },
    },
  ]);
});

test('tells a container from an address', () => {
  const service = [
    'db=localhost:5432',
    'queue=container:5672',
    'cache=container:my-redis',
    'mail=container:0123456789012',
  ];
  const { services } = requestFrom({ file: ['-'], service });
  const told = Object.entries(services).map(([name, at]) => [
    name,
    typeof at === 'object' && 'getId' in at ? `the container ${at.getId()}` : at,
  ]);
  expect(told).toEqual([
    ['db', 'localhost:5432'],
    ['queue', 'container:5672'],
    ['cache', 'the container my-redis'],
    ['mail', 'the container 0123456789012'],
  ]);
});

test('checks are named one by one or in a list, and made in their own order', () => {
  const { checks } = requestFrom({ file: ['-'], only: ['drains, lint', 'valid'], skip: [] });
  expect(checks).toEqual(['valid', 'lint', 'drains']);
});

test('another manifest stands in place of the team’s, with all that belongs to it', () => {
  const team = { helm: 'chart', values: ['v.yaml'], set: ['a=b'], image: ['web=web:1', 'db=db:1'], within: '5m' };
  expect(overridden(team, { file: ['k8s/'], image: ['web=web:2'], build: ['db=db'] })).toEqual({
    file: ['k8s/'],
    image: ['web=web:2'],
    build: ['db=db'],
    within: '5m',
  });
});

test('the matrix has none of the team’s checks and formats', () => {
  expect(overridden({ file: ['k8s/'], only: ['lint'], format: ['junit=a'] }, { matrix: true })).toEqual({
    file: ['k8s/'],
    matrix: true,
  });
});

test('takes paths with their query, and no other text', () => {
  expect(requestFrom({ file: ['k8s/'], path: ['/', '/basket?id=1'] }).paths).toEqual(['/', '/basket?id=1']);
  for (const path of ['basket', 'http://shop/', '/a b', '/#top', '']) {
    expect(() => requestFrom({ file: ['k8s/'], path: [path] })).toThrow('must begin with a slash');
  }
});

describe('--crash-loop-back-off', () => {
  test('sets the longest wait before a restart', () => {
    const { crashLoopBackOff } = requestFrom({ file: ['-'], crashLoopBackOff: ['maxContainerRestartPeriod=60s'] });
    expect(crashLoopBackOff).toEqual({ maxContainerRestartPeriod: '60s' });
  });

  test('is overridden by name', () => {
    const team = { file: ['-'], crashLoopBackOff: ['maxContainerRestartPeriod=60s'] };
    const { crashLoopBackOff } = requestFrom(overridden(team, { crashLoopBackOff: ['maxContainerRestartPeriod=30s'] }));
    expect(crashLoopBackOff).toEqual({ maxContainerRestartPeriod: '30s' });
  });

  test.each([
    ['maxContainerRestartPeriod', {}, '--crash-loop-back-off maxContainerRestartPeriod: write a name and a value'],
    ['maxContainerRestartPeriod=1h', {}, "must be a duration from '1s' to '300s', received '1h'"],
    ['maxPeriod=60s', {}, 'crashLoopBackOff: unknown option "maxPeriod"'],
    ['maxContainerRestartPeriod=60s', { kubernetesVersion: '1.34' }, 'is off in Kubernetes 1.34'],
  ])('rejects %s with %j', (given, others, message) => {
    expect(() => requestFrom({ file: ['-'], crashLoopBackOff: [given], ...others })).toThrow(message);
  });
});
