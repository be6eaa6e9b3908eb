import { describe, expect, test } from '@jest/globals';
import { makeFailed, makePassed, makePending } from '../../../../src/assertions/assertionResult';
import { steadyState } from '../../../../src/gate/experiments/steadyState';
import { checksOf } from '../../../../src/gate/model/experiment';
import type { ScriptedAnswer } from '../../../../src/runtime/scripted/script';
import { exited, killed, probed, ready } from '../../timeline/events';
import { failures, HEALTHY, outcomes, pod, type Rehearsed, sentenceOf } from '../gateOf';
import { resultOf, stepFor, subjectOf } from '../subjectOf';

const sentences = async (...asked: Parameters<typeof failures>) => (await failures(...asked)).map(sentenceOf);

/** Returns the result of one check. */
async function told(check: string, rehearsed: Rehearsed): Promise<string | undefined> {
  return (await outcomes(rehearsed))[check];
}

const answers = (path: string, answer: ScriptedAnswer) => ({ http: { '8080': { [path]: answer } } });

const WORK = { containers: [{ name: 'web', image: 'web' }] };

const OPEN = {
  web: [
    { at: '0s', ...answers('/healthz', 200), tcp: { '8080': 'open' as const }, onTerm: { exitAfter: '1s', code: 0 } },
  ],
};

describe('check ready-in-budget', () => {
  test('fails if the app crashes repeatedly', async () => {
    const app = { web: [{ at: '500ms', exit: 3 }] };
    expect(await sentences('ready-in-budget', { spec: pod(), app })).toMatchInlineSnapshot(`
[
  "the pod does not become Ready: web keeps exiting with 3",
]
`);
  });

  test('passes if only the first start fails', async () => {
    const app = { web: [{ at: '500ms', run: 1, exit: 3 }, ...HEALTHY] };
    expect(await told('ready-in-budget', { spec: pod(), app })).toMatchInlineSnapshot(
      `"passed: the pod is Ready after 1.5s"`,
    );
  });

  test('fails if a server exits with 0 before the pod is Ready', async () => {
    const app = { web: [{ at: '500ms', exit: 0 }] };
    expect(await sentences('ready-in-budget', { spec: pod(), app })).toMatchInlineSnapshot(`
[
  "the pod does not become Ready: web exited with 0 without a stop signal",
]
`);
  });
});

describe('check stays-ready', () => {
  test('fails if a probe fails after a while', async () => {
    const app = { web: [...HEALTHY, { at: '9s', ...answers('/healthz', 500) }] };
    expect(await sentences('stays-ready', { spec: pod(), app })).toMatchInlineSnapshot(`
[
  "the undisturbed pod does not stay Ready: the readiness probe of web fails (HTTP probe failed with statuscode: 500)",
]
`);
  });

  test('watches a probe that fails at the end of the window until it decides', async () => {
    const app = { web: [...HEALTHY, { at: '18s', ...answers('/healthz', 500) }] };
    expect(await sentences('stays-ready', { spec: pod(), app })).toHaveLength(1);
  });

  test('watches a probe with an initial delay for as long as the others', async () => {
    const livenessProbe = { httpGet: { port: 8080, path: '/wrong' }, initialDelaySeconds: 30, periodSeconds: 5 };
    expect(
      await sentences('stays-ready', { spec: pod({ livenessProbe }), app: { web: HEALTHY } }),
    ).toMatchInlineSnapshot(`
[
  "the undisturbed pod does not stay Ready: the liveness probe of web fails and restarts it: HTTP probe failed with statuscode: 404",
]
`);
  });

  test('fails if the app crashes', async () => {
    const app = { web: [...HEALTHY, { at: '9s', exit: 1 }] };
    expect(await sentences('stays-ready', { spec: pod(), app })).toMatchInlineSnapshot(`
[
  "the undisturbed pod does not stay Ready: web exits with code 1",
]
`);
  });

  test('fails if a server with probes exits with 0', async () => {
    const app = { web: [...HEALTHY, { at: '5s', exit: 0 }] };
    expect(await sentences('restart-policy', { spec: pod(), app })).toEqual([]);
    expect(await sentences('stays-ready', { spec: pod(), app })).toMatchInlineSnapshot(`
[
  "the undisturbed pod does not stay Ready: web exits with code 0",
]
`);
  });

  test('fails if a container behind a Service exits with 0, even without a probe', async () => {
    const app = { web: [{ at: '5s', exit: 0 }] };
    const subject = { backend: { publishNotReadyAddresses: false, targetPort: 8080 } };
    expect(await sentences('stays-ready', { spec: WORK, app, subject })).toHaveLength(1);
  });

  test('fails if the kernel kills a process at the memory limit', async () => {
    const resources = { limits: { memory: '64Mi' } };
    const app = { web: [...HEALTHY, { at: '5s', oomKill: 'child' as const }] };
    expect(await sentences('stays-ready', { spec: pod({ resources }), app })).toEqual([
      'the undisturbed pod does not stay Ready: web was OOMKilled: the kernel killed a process without a known name at the memory limit of 64Mi',
    ]);
  });

  test('reports a readiness probe that fails and succeeds again', async () => {
    const down = (at: number) => [
      { at: `${at}s`, http: { '8080': { '/readyz': 503 } } },
      { at: `${at + 4}s`, http: { '8080': { '/readyz': 200 } } },
    ];
    const readinessProbe = { httpGet: { port: 8080, path: '/readyz' }, periodSeconds: 1, failureThreshold: 2 };
    const app = { web: [{ at: '0s', http: { '8080': { '/healthz': 200, '/readyz': 200 } } }, ...down(6), ...down(14)] };
    const [failed] = await failures('stays-ready', { spec: pod({ readinessProbe }), app });
    expect(failed).toMatchObject({
      cause: 'readiness-flaps',
      message: {
        kind: 'flapping',
        observation: {
          kind: 'flappingReadiness',
          container: 'web',
          times: 1,
          attempt: { output: 'HTTP probe failed with statuscode: 503' },
        },
      },
    });
  });
});

describe('check restart-policy', () => {
  test('fails if a container completes its work under restartPolicy Always', async () => {
    const app = { web: [{ at: '5s', exit: 0 }] };
    const [failure, ...others] = await failures('restart-policy', { spec: WORK, app });
    expect(others).toEqual([]);
    expect(failure?.cause).toBe('job-under-always');
    expect(failure?.message).toEqual({ kind: 'completedEarly', container: 'web', restartPolicy: 'Always' });
  });
});

describe('check init-order', () => {
  test('returns the duration of each init container', async () => {
    const spec = {
      ...pod(),
      initContainers: [
        { name: 'migrate', image: 'x' },
        { name: 'seed', image: 'x' },
      ],
    };
    const app = { ...OPEN, migrate: [{ at: '2s', exit: 0 }], seed: [{ at: '1s', exit: 0 }] };
    expect(await told('init-order', { spec, app })).toMatchInlineSnapshot(
      `"passed: the init containers complete one after another: migrate after 2s and seed after 3s"`,
    );
  });
});

describe('steadyState', () => {
  const checksFor = (spec: object) => steadyState.experimentsFor(subjectOf(spec)).flatMap(checksOf);
  const found = (check: string, spec: object, at: Parameters<typeof resultOf>[2]) => {
    const subject = subjectOf(spec);
    const [experiment] = steadyState.experimentsFor(subject);
    return resultOf(experiment && stepFor(check, experiment), subject, at);
  };

  test('contains only the checks that apply to the pod', () => {
    const plain = checksFor(WORK);
    expect(plain).toEqual(
      expect.arrayContaining(['ready-in-budget', 'stays-ready', 'restart-policy', 'terminates-in-grace']),
    );
    expect(plain).not.toEqual(expect.arrayContaining(['probes-run']));
    expect(checksFor(pod())).toEqual(expect.arrayContaining(['probes-run', 'hooks-run', 'drains']));
    const migrate = { name: 'migrate', image: 'migrate' };
    expect(checksFor({ ...WORK, initContainers: [migrate] })).toContain('init-order');
    expect(checksFor({ ...WORK, initContainers: [{ ...migrate, restartPolicy: 'Always' }] })).not.toContain(
      'init-order',
    );
  });

  test('runs as the prerequisite of all other experiments', () => {
    expect(steadyState.experimentsFor(subjectOf(pod())).map(({ isPrerequisite }) => isPrerequisite)).toEqual([true]);
  });

  test('measures the time until Ready up to the deciding event', () => {
    const result = makePassed(ready(7.4), 'ready');
    expect(found('ready-in-budget', pod(), { result })).toMatchObject({
      outcome: 'passed',
      message: { kind: 'ready', tookMs: 7_400 },
      tookMs: 7_400,
    });
  });

  test('returns the field of the probe that ended the start', () => {
    const result = makeFailed(killed(30, 'startup')[0], 'notReady', {
      kind: 'probeKill',
      container: 'web',
      probe: 'startup',
      attempt: undefined,
    });
    expect(found('ready-in-budget', pod(), { result })).toMatchObject({
      container: 'web',
      field: 'spec.containers[0].startupProbe',
      message: {
        kind: 'notReady',
        disturbance: {
          kind: 'reported',
          result: { reason: { kind: 'probeKill', container: 'web', probe: 'startup' } },
        },
      },
    });
    expect(found('ready-in-budget', pod(), { result: makeFailed(undefined, 'notReady') })).not.toHaveProperty('field');
  });

  test('reports a probe that ran too seldom to fail in the steady state', () => {
    const spec = pod({ livenessProbe: undefined });
    const attempts = (count: number) =>
      Array.from({ length: count }, (_, n) => probed(1 + n, 'readiness', 'Success', n + 1));
    const message = (count: number) =>
      found('stays-ready', spec, { result: makePending('ready'), events: [attempts(count)] })?.message;
    expect(message(3)).toEqual({ kind: 'steady', windowMs: 60_000, unobserved: undefined });
    expect(message(2)).toMatchObject({ kind: 'steady', unobserved: { probe: 'readiness', attempts: 2, needed: 3 } });
  });

  test('treats exit code 0 as completed work only if no signal stopped the container', () => {
    const evaluate = (more: object) => {
      const exit = exited(5, 0, more);
      return found('stays-ready', WORK, { result: makeFailed(exit, 'nothing'), events: [exit] })?.check;
    };
    expect(evaluate({})).toBe('restart-policy');
    expect(evaluate({ afterSignalMs: 100 })).toBe('stays-ready');
  });
});
