import { availableParallelism } from 'node:os';
import { expect, test } from '@jest/globals';
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

test('checks are named one by one or in a list, and made in their own order', () => {
  const { checks } = requestFrom({ file: ['-'], only: ['drains, lint', 'valid'], skip: [] });
  expect(checks).toEqual(['valid', 'lint', 'drains']);
});

test('takes paths with their query, and no other text', () => {
  expect(requestFrom({ file: ['k8s/'], path: ['/', '/basket?id=1'] }).paths).toEqual(['/', '/basket?id=1']);
  for (const path of ['basket', 'http://shop/', '/a b', '/#top', '']) {
    expect(() => requestFrom({ file: ['k8s/'], path: [path] })).toThrow('must begin with a slash');
  }
});

test('passes the options of the pod on', () => {
  const raw = { image: ['web=web:2'], allow: ['hostPath'], crashLoopBackOff: ['maxContainerRestartPeriod=60s'] };
  expect(requestFrom({ file: ['-'], ...raw })).toMatchObject({
    images: { web: 'web:2' },
    allow: ['hostPath'],
    crashLoopBackOff: { maxContainerRestartPeriod: '60s' },
  });
});
