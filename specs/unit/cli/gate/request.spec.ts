import { availableParallelism } from 'node:os';
import { expect, test } from '@jest/globals';
import { parseRequest } from '../../../../src/cli/gate/request';
import { CHECK_IDS } from '../../../../src/gate/model/checks';

test('requests every check of every workload by default', () => {
  expect(parseRequest({ file: ['k8s/'] })).toEqual({
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

test('disables time skipping with --no-skip, from the command line or a config file', () => {
  expect(parseRequest({ file: ['k8s/'], noSkip: true }).isSkipping).toBe(false);
  expect(parseRequest({ file: ['k8s/'], noSkip: 'true' }).isSkipping).toBe(false);
  expect(parseRequest({ file: ['k8s/'], noSkip: 'false' }).isSkipping).toBe(true);
});

test('parses --set values of a chart like helm', () => {
  const set = ['image.tag=1.10', 'replicas=3', 'debug=true', 'zone=007', 'note=a=b'];
  const { tools } = parseRequest({ helm: 'charts/web', values: ['a.yaml', 'b.yaml'], set });
  expect(tools).toEqual([
    {
      tool: 'helm',
      chart: 'charts/web',
      values: ['a.yaml', 'b.yaml'],
      set: { 'image.tag': '1.10', replicas: 3, debug: true, zone: '007', note: 'a=b' },
    },
  ]);
});

test('reads checks one by one or from a list, in the order of the gate', () => {
  const { checks } = parseRequest({ file: ['-'], only: ['drains, lint', 'valid'], skip: [] });
  expect(checks).toEqual(['valid', 'lint', 'drains']);
});

test('accepts paths with a query, and rejects other text', () => {
  expect(parseRequest({ file: ['k8s/'], path: ['/', '/basket?id=1'] }).paths).toEqual(['/', '/basket?id=1']);
  for (const path of ['basket', 'http://shop/', '/a b', '/#top', '']) {
    expect(() => parseRequest({ file: ['k8s/'], path: [path] })).toThrow(
      'must start with / and have no spaces or fragment',
    );
  }
});

test('passes the pod options to the request', () => {
  const raw = { image: ['web=web:2'], allow: ['hostPath'], crashLoopBackOff: ['maxContainerRestartPeriod=60s'] };
  expect(parseRequest({ file: ['-'], ...raw })).toMatchObject({
    images: { web: 'web:2' },
    allow: ['hostPath'],
    crashLoopBackOff: { maxContainerRestartPeriod: '60s' },
  });
});
