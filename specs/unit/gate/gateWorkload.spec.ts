import { describe, expect, test } from '@jest/globals';
import {
  type GateWorkloadOptions,
  gateWorkload,
  prepareGate,
  prepareMatrix,
  runOptions,
} from '../../../src/gate/gateWorkload';
import type { CheckId } from '../../../src/gate/model/checks';
import { ManifestError } from '../../../src/manifest/error';
import { readNamedText } from '../../../src/manifest/source/source';

// Specs under engine cover the checks that need a container engine.

const options = (checks: readonly CheckId[], more: Partial<GateWorkloadOptions> = {}): GateWorkloadOptions => ({
  checks,
  kubernetesVersion: '1.36',
  allow: [],
  policy: { failOn: 'error', waivers: [] },
  images: {},
  services: {},
  endpointRemovalDelay: '1s',
  parallel: 1,
  deadline: new AbortController().signal,
  progress: { onStarted() {}, onWaiting() {}, onPlayed() {}, onFinished() {} },
  onNote() {},
  ...more,
});

const POD = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' } };
const read = (container: object = {}, spec: object = {}) => {
  const containers = [{ name: 'web', image: 'web:1', ...container }];
  return readNamedText(JSON.stringify({ ...POD, spec: { containers, ...spec } }), 'pod.json');
};
const outcomes = async (...asked: Parameters<typeof gateWorkload>) =>
  (await gateWorkload(...asked)).checks.map(({ check, outcome }) => `${check} ${outcome}`);

describe('gateWorkload', () => {
  test('checks the manifest without a container engine', async () => {
    const result = await gateWorkload(read(), 'Pod/shop', options(['valid', 'lint']));
    expect(result).toMatchObject({ workload: 'Pod/shop', source: 'pod.json', outcome: 'passed' });
    expect(result.checks.map(({ check, outcome }) => `${check} ${outcome}`)).toEqual(['valid passed', 'lint passed']);
    expect(result).not.toHaveProperty('lives');
  });

  test('returns how many checks of the pod were left out', async () => {
    const { notChecked } = await gateWorkload(read(), 'Pod/shop', options(['valid']));
    expect(notChecked).toEqual([{ what: '17 checks of the pod', why: 'excluded by --only or --skip' }]);
  });

  test('returns only the requested checks, in the order of the docs', async () => {
    expect(await outcomes(read(), 'Pod/shop', options(['lint']))).toEqual(['lint passed']);
    expect(await outcomes(read(), 'Pod/shop', options(['lint', 'valid']))).toEqual(['valid passed', 'lint passed']);
  });

  test('runs no pod of a manifest that Kubernetes rejects', async () => {
    const invalid = read({ livenessProbe: { httpGet: { port: 8080 }, periodSeconds: -1 } });
    const result = await gateWorkload(invalid, 'Pod/shop', options(['valid', 'lint', 'ready-in-budget', 'drains']));
    expect(result.outcome).toBe('failed');
    expect(result.checks.map(({ check, outcome }) => `${check} ${outcome}`)).toEqual([
      'valid failed',
      'lint notRun',
      'ready-in-budget notRun',
      'drains notRun',
    ]);
    expect(result.checks.at(-1)?.answers[0]?.sentence).toBe('valid failed');
    expect(result.checks[0]?.answers[0]).toMatchObject({
      field: 'spec.containers[0].livenessProbe.periodSeconds',
      position: { file: 'pod.json' },
    });
  });

  test('validates against the Kubernetes version of the options', async () => {
    const sleeping = read({ lifecycle: { preStop: { sleep: { seconds: 0 } } } });
    expect(await outcomes(sleeping, 'Pod/shop', options(['valid'], { kubernetesVersion: '1.30' }))).toEqual([
      'valid failed',
    ]);
    expect(await outcomes(sleeping, 'Pod/shop', options(['valid'], { kubernetesVersion: '1.36' }))).toEqual([
      'valid passed',
    ]);
  });

  test('masks values of a Secret in the manifest', async () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'login' },
      stringData: { password: 'hunter2hunter2' },
    };
    const pod = { ...POD, spec: { containers: [{ name: 'web', image: 'web:1', imagePullPolicy: 'hunter2hunter2' }] } };
    const text = [secret, pod].map((one) => JSON.stringify(one)).join('\n---\n');
    const result = await gateWorkload(readNamedText(text, 'pod.json'), 'Pod/shop', options(['valid']));
    expect(result.outcome).toBe('failed');
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });
});

describe('prepareGate and prepareMatrix', () => {
  const blocked = () => read({}, { volumes: [{ name: 'host', hostPath: { path: '/var/run' } }] });

  test('reject a blocked field before anything runs, if a check needs a pod', () => {
    expect(() => prepareGate(blocked(), 'Pod/shop', options(['ready-in-budget']))).toThrow(ManifestError);
    expect(() => prepareGate(blocked(), 'Pod/shop', options(['valid']))).not.toThrow();
    expect(() => prepareMatrix(blocked(), 'Pod/shop', options([]))).toThrow(/hostPath/);
  });

  test('accept a field that the options allow', () => {
    const allowed = options(['ready-in-budget'], { allow: ['hostPath'] });
    expect(() => prepareGate(blocked(), 'Pod/shop', allowed)).not.toThrow();
  });
});

describe('runOptions', () => {
  test('always allows unknown ports, because lint reports them', () => {
    expect(runOptions('Pod/shop', options([], { allow: ['hostPath'] })).allow).toEqual(['unknown-port', 'hostPath']);
  });

  test('omits crashLoopBackOff if it is not set', () => {
    expect(runOptions('Pod/shop', options([]))).not.toHaveProperty('crashLoopBackOff');
    expect(
      runOptions('Pod/shop', options([], { crashLoopBackOff: { maxContainerRestartPeriod: '60s' } })),
    ).toMatchObject({
      workload: 'Pod/shop',
      crashLoopBackOff: { maxContainerRestartPeriod: '60s' },
    });
  });
});
