import { describe, expect, test } from '@jest/globals';
import { makePassed, makePending } from '../../../../src/assertions/assertionResult';
import { hangs } from '../../../../src/gate/experiments/hangs';
import type { ScriptedAnswer } from '../../../../src/runtime/scripted/script';
import { killed, type Life, probed } from '../../timeline/events';
import { failures, httpGet, outcomes, pod, type Rehearsed, sentenceOf } from '../gateOf';
import { resultOf, stepFor, subjectOf } from '../subjectOf';

const sentences = async (...asked: Parameters<typeof failures>) => (await failures(...asked)).map(sentenceOf);

/** Returns the result of one check. */
async function told(check: string, rehearsed: Rehearsed): Promise<string | undefined> {
  return (await outcomes(rehearsed))[check];
}

const answers = (path: string, answer: ScriptedAnswer) => ({ http: { '8080': { [path]: answer } } });

const OPEN = {
  web: [
    { at: '0s', ...answers('/healthz', 200), tcp: { '8080': 'open' as const }, onTerm: { exitAfter: '1s', code: 0 } },
  ],
};

describe('check readiness-leaves-endpoints', () => {
  test('fails if a readiness probe does not detect a hang', async () => {
    const readinessProbe = { tcpSocket: { port: 8080 }, periodSeconds: 1 };
    expect(
      await sentences('readiness-leaves-endpoints', { spec: pod({ readinessProbe }), app: OPEN }),
    ).toMatchInlineSnapshot(`
[
  "the pod keeps receiving requests while web hangs: tcpSocket still connects, because the kernel accepts connections for a stopped process",
]
`);
  });

  test('passes if the liveness probe restarts the container before readiness fails', async () => {
    const spec = pod({ readinessProbe: { httpGet, periodSeconds: 60 }, livenessProbe: { httpGet, periodSeconds: 1 } });
    expect(await told('readiness-leaves-endpoints', { spec, app: OPEN })).toMatchInlineSnapshot(
      `"passed: the pod leaves the endpoints 14s after web hangs because the liveness probe restarts it before the readiness probe fails"`,
    );
  });

  test('never applies to a Service with publishNotReadyAddresses', async () => {
    const subject = { backend: { publishNotReadyAddresses: true } };
    expect(await told('readiness-leaves-endpoints', { spec: pod(), app: OPEN, subject })).toMatchInlineSnapshot(
      `"notApplicable: the Service has publishNotReadyAddresses, so it sends requests until the pod is removed, regardless of readiness"`,
    );
  });
});

describe('check recovers', () => {
  test('passes without a liveness probe if the pod is Ready again after the hang', async () => {
    expect(await told('recovers', { spec: pod({ livenessProbe: undefined }), app: OPEN })).toMatchInlineSnapshot(
      `"passed: the pod is Ready again 0s after web hung; the pod is Ready again 0s after web crashed"`,
    );
  });
});

const TCP = { tcpSocket: { port: 8080 } };

/** Returns the result of the check if its wait ends while the probe is in this state. */
function hung(check: string, container: object, events: Life = []) {
  const subject = subjectOf(pod(container));
  const [experiment] = hangs.experimentsFor(subject);
  const step = experiment && stepFor(check, experiment);
  return resultOf(step, subject, { result: makePending({ kind: 'restarts', count: 0 }), events, from: 10 });
}

describe('hangs', () => {
  test('freezes each long-running container', () => {
    const init = [
      { name: 'mesh', image: 'mesh', restartPolicy: 'Always' },
      { name: 'migrate', image: 'migrate' },
    ];
    const experiments = hangs.experimentsFor(subjectOf({ ...pod(), initContainers: init }));
    expect(experiments.map(({ name }) => name)).toEqual(
      ['mesh', 'web'].map((container) => ({ kind: 'hangs', container })),
    );
    expect(experiments.map(({ fault }) => fault?.container)).toEqual(['mesh', 'web']);
  });

  test('skips liveness-detects-hang if no container is restarted', () => {
    const [experiment] = hangs.experimentsFor(subjectOf(pod({}, { restartPolicy: 'Never' })));
    expect(experiment && stepFor('liveness-detects-hang', experiment)).toBeUndefined();
    expect(experiment && stepFor('readiness-leaves-endpoints', experiment)).toBeDefined();
  });

  test('fails readiness if no Service sends requests to the pod', () => {
    const obstacle = { kind: 'selectsNothing', service: 'shop', selector: 'app=shp' } as const;
    const backend = { publishNotReadyAddresses: false, obstacle };
    const [experiment] = hangs.experimentsFor(subjectOf(pod(), { backend }));
    const together = experiment?.steps.flatMap((step) => ('together' in step ? step.together : [])) ?? [];
    expect(together.flatMap((step) => ('result' in step ? step.result : []))).toEqual([
      {
        check: 'readiness-leaves-endpoints',
        container: 'web',
        outcome: 'failed',
        message: { kind: 'neverInEndpoints', obstacle },
      },
    ]);
  });

  test('returns a warning for probes of servers without HTTP, else an error', () => {
    const success = [probed(20, 'liveness', 'Success', 1)];
    const severityOf = (probe: object) => hung('liveness-detects-hang', { livenessProbe: probe }, success)?.severity;
    expect(severityOf(TCP)).toBe('warning');
    expect(severityOf({ exec: { command: ['check'] } })).toBe('warning');
    expect(severityOf({ httpGet })).toBe('error');
    expect(severityOf({ grpc: { port: 8080 } })).toBe('error');
  });

  test('advises a probe in a protocol that the container supports', () => {
    const success = [probed(20, 'liveness', 'Success', 1)];
    const adviceWith = (readinessProbe: object) =>
      hung('liveness-detects-hang', { livenessProbe: TCP, readinessProbe }, success)?.message;
    const missed = (request: string) => ({ miss: { kind: 'tcpStillConnects', probe: 'liveness', request } });
    expect(adviceWith({ httpGet })).toMatchObject(missed('httpGet'));
    expect(adviceWith({ grpc: { port: 8080 } })).toMatchObject(missed('grpc'));
    expect(adviceWith(TCP)).toMatchObject(missed('other'));
  });

  test('returns notRun if the probe had too few attempts to fail', () => {
    const one = probed(20, 'liveness', 'Failure', 1);
    expect(hung('liveness-detects-hang', {}, [one])).toMatchObject({ outcome: 'notRun', container: 'web' });
    const three = [20, 25, 30].map((at, index) => probed(at, 'liveness', 'Failure', index + 1));
    expect(hung('liveness-detects-hang', {}, three)?.outcome).toBe('failed');
    expect(hung('liveness-detects-hang', {}, [probed(20, 'liveness', 'Success', 1)])?.outcome).toBe('failed');
  });

  test('returns how long a hang must last until liveness kills the container', () => {
    const subject = subjectOf(pod());
    const [experiment] = hangs.experimentsFor(subject);
    const restart = makePassed(undefined, { kind: 'restart', restart: { container: 'web', attempt: 1 } });
    const events = killed(24, 'liveness');
    const found = { result: restart, events, from: 10 };
    expect(resultOf(experiment && stepFor('liveness-detects-hang', experiment), subject, found)?.message).toMatchObject(
      {
        kind: 'hangDetected',
        pauseMs: 14_000,
      },
    );
  });
});
