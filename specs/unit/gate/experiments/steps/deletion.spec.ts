import { describe, expect, test } from '@jest/globals';
import { makePassed, makePending } from '../../../../../src/assertions/assertionResult';
import { deletion, trafficGaps } from '../../../../../src/gate/experiments/steps/deletion';
import type { ScriptedAnswer } from '../../../../../src/runtime/scripted/script';
import { asked, removed } from '../../../timeline/events';
import { failures, HEALTHY, outcomes, patchOf, pod, type Rehearsed, sentenceOf, web } from '../../gateOf';
import { resultOf, stepFor, subjectOf } from '../../subjectOf';

const sentences = async (...asked: Parameters<typeof failures>) => (await failures(...asked)).map(sentenceOf);

/** Returns the result of one check. */
async function told(check: string, rehearsed: Rehearsed): Promise<string | undefined> {
  return (await outcomes(rehearsed))[check];
}

const answers = (path: string, answer: ScriptedAnswer) => ({ http: { '8080': { [path]: answer } } });

describe('check of the shutdown', () => {
  test('fails if the shutdown exceeds the grace period, and patches the period', async () => {
    const app = { web: [{ at: '0s', ...answers('/healthz', 200), onTerm: { exitAfter: '6s', code: 0 } }] };
    const slow = { spec: { ...pod(), terminationGracePeriodSeconds: 5 }, app };
    expect(await sentences('terminates-in-grace', slow)).toMatchInlineSnapshot(`
[
  "the deleted pod does not terminate within its grace period: web got SIGKILL: it was still running 3s after SIGTERM",
]
`);
    expect(await patchOf('terminates-in-grace', slow)).toMatchInlineSnapshot(`
[
  "spec:
  terminationGracePeriodSeconds: 10
",
  "the pod took 8s to terminate. With a margin of 20%, it needs 10s.",
]
`);
  });

  test('fails if the preStop hook exceeds the grace period, and patches the period', async () => {
    const lifecycle = { preStop: { exec: { command: ['leave'] } } };
    const app = { web: [{ at: '0s', exec: { leave: { takes: '8s' } } }, ...HEALTHY] };
    const slow = { spec: { ...pod({ lifecycle }), terminationGracePeriodSeconds: 5 }, app };
    expect(await sentences('terminates-in-grace', slow)).toMatchInlineSnapshot(`
[
  "the deleted pod does not terminate within its grace period: the preStop hook of web is still running: the grace period ended first",
]
`);
    expect(await told('hooks-run', slow)).toMatchInlineSnapshot(
      `"notRun: the preStop hook of web was still running when the grace period ended. See terminates-in-grace."`,
    );
    expect(await patchOf('terminates-in-grace', slow)).toMatchInlineSnapshot(`
[
  "spec:
  terminationGracePeriodSeconds: 11
",
  "the pod took 9s to terminate. With a margin of 20%, it needs 11s.",
]
`);
  });

  test('returns no patch if the app ignores SIGTERM', async () => {
    const app = { web: [{ at: '0s', ...answers('/healthz', 200), onTerm: { ignore: true } }] };
    const deaf = { spec: pod(), app };
    expect(await sentences('terminates-in-grace', deaf)).toMatchInlineSnapshot(`
[
  "the deleted pod does not terminate within its grace period: web got SIGKILL: it was still running 8s after SIGTERM",
]
`);
    expect(await patchOf('terminates-in-grace', deaf)).toEqual([]);
  });
});

describe('check drains', () => {
  test('sends requests to each port that readiness or a Service names', async () => {
    const admin = {
      ...web({ lifecycle: {} }),
      name: 'admin',
      ports: [{ containerPort: 9090 }],
      readinessProbe: { httpGet: { port: 9090, path: '/healthz' } },
      livenessProbe: undefined,
    };
    const spec = { terminationGracePeriodSeconds: 10, containers: [web(), admin] };
    const app = {
      web: HEALTHY,
      admin: [{ at: '1s', http: { '9090': { '/healthz': 200 } }, onTerm: { exitAfter: '0s', code: 0 } }],
    };
    expect(await sentences('drains', { spec, app })).toMatchInlineSnapshot(`
[
  "the deleted pod drops requests: 9 of 20 requests dropped (GET /healthz on port 8080 and GET /healthz on port 9090). admin exits 0s after its stop signal, while clients still send requests. The readiness probe does not fail after the stop signal.",
]
`);
  });

  test('never applies to a Service with publishNotReadyAddresses', async () => {
    const subject = { backend: { publishNotReadyAddresses: true } };
    expect(await told('drains', { spec: pod(), app: { web: HEALTHY }, subject })).toMatchInlineSnapshot(
      `"notApplicable: the Service has publishNotReadyAddresses, so it sends requests until the pod is removed, regardless of readiness"`,
    );
  });

  test('never applies to a pod without an HTTP probe or a Service', async () => {
    const readinessProbe = { tcpSocket: { port: 8080 }, periodSeconds: 1 };
    const app = { web: [{ at: '0s', tcp: { '8080': 'open' as const } }] };
    expect(
      await told('drains', { spec: pod({ readinessProbe, livenessProbe: undefined }), app }),
    ).toMatchInlineSnapshot(
      `"notApplicable: no Service selects the pod, and no readiness probe shows which port clients use"`,
    );
  });
});

describe('deletion', () => {
  const names = (spec: object) =>
    deletion(subjectOf(spec)).flatMap((step) => ('do' in step ? step.do : 'check' in step ? step.check : []));

  test('starts the requests before it deletes the pod', () => {
    expect(names(pod())).toEqual(['chooseTargets', 'requests', 'delete', 'hooks-run', 'terminates-in-grace', 'drains']);
  });

  test('sends no requests to a pod without clients', () => {
    expect(names({ containers: [{ name: 'web', image: 'web' }] })).toEqual(['delete', 'terminates-in-grace']);
  });

  test('fails if no Service sends requests to the pod', () => {
    const obstacle = { kind: 'selectsNothing', service: 'shop', selector: 'app=shp' } as const;
    const backend = { publishNotReadyAddresses: false, obstacle };
    const results = deletion(subjectOf(pod(), { backend })).flatMap((step) => ('result' in step ? step.result : []));
    expect(results).toMatchObject([{ check: 'drains', outcome: 'failed' }]);
  });

  test('never applies if the clients sent no request after the deletion', () => {
    const subject = subjectOf(pod());
    const step = stepFor('drains', { steps: deletion(subject) });
    const outcome = (...events: Parameters<typeof asked>[0][]) =>
      resultOf(step, subject, { result: makePending('nothing'), events: events.map((at) => asked(at)), from: 10 })
        ?.outcome;
    expect(outcome(5)).toBe('notApplicable');
    expect(outcome(5, 12)).toBe('passed');
  });

  test('measures the shutdown from the deletion', () => {
    const subject = subjectOf(pod());
    const step = stepFor('terminates-in-grace', { steps: deletion(subject) });
    const result = makePassed(removed(13), 'nothing');
    expect(resultOf(step, subject, { result, from: 10 })).toMatchObject({
      message: { kind: 'terminated', tookMs: 3_000 },
      tookMs: 3_000,
    });
  });
});

describe('trafficGaps', () => {
  const gaps = (more: Parameters<typeof subjectOf>[1]) => trafficGaps(subjectOf(pod(), more)).map(({ gap }) => gap);
  const noPath = { kind: 'unnamedPaths' };

  test('reports unnamed client paths if --path is missing', () => {
    expect(gaps({})).toEqual([noPath]);
    expect(gaps({ paths: ['/cart'] })).toEqual([]);
  });

  test('reports a Service that is assumed or does not reach the pod', () => {
    const backend = { publishNotReadyAddresses: false };
    expect(gaps({ backend: { ...backend, isAssumed: true }, paths: ['/'] })).toEqual([{ kind: 'assumedService' }]);
    const obstacle = { kind: 'selectsNothing', service: 'shop', selector: 'app=shp' } as const;
    expect(gaps({ backend: { ...backend, obstacle } })).toEqual([{ kind: 'obstructedService', obstacle }, noPath]);
  });
});
