import { describe, expect, test } from '@jest/globals';
import { simulatePod } from 'jest-kubelet';
import type { Container } from '../../../../../src/manifest/model';
import { ofProbes } from '../../../../../src/report/incident/explain/probes';
import { Incident } from '../../../../../src/report/incident/incident';
import type { HandlerFailure } from '../../../../../src/timeline/causes';
import type { Event } from '../../../../../src/timeline/event';
import { web } from '../../../../docs/faq/web';
import { web as container, podOf } from '../../../matchers/replay';
import { because, failed, killed, probed, ready, started, timelineOf } from '../../../timeline/events';
import { about, explain, inWords, READ, said } from './said';

const healthz = 'httpGet: { path: /healthz, port: 8080 }';
const PROBE = {
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
};
const httpGet = { path: '/healthz', port: 8080, scheme: 'HTTP' as const };

/** Returns the first rule for probes that applies to the container `web` at the last event or after a timed-out wait. */
function found(spec: Partial<Container>, life: readonly Event[], isDecided = true) {
  const timeline = timelineOf(...life);
  const pod = podOf({ containers: [container(spec)] });
  const incident = new Incident(pod, timeline, isDecided ? timeline.events.at(-1) : undefined, 'web');
  return ofProbes
    .flatMap((rule) => rule(incident) ?? [])
    .map(inWords)
    .at(0);
}
const readiness = (probe: object, failure: HandlerFailure) =>
  found({ readinessProbe: { ...PROBE, ...probe } }, [
    started(1),
    because(failure, probed(11, 'readiness', 'Failure', 1)),
  ]);

describe('findExplanation for probes', () => {
  test('explains a missing binary of a probe', () => {
    const output =
      'OCI runtime exec failed: exec failed: unable to start container process: exec: "chekc": executable file not found in $PATH';
    const livenessProbe = {
      exec: { command: ['chekc'] },
      initialDelaySeconds: 0,
      periodSeconds: 10,
      timeoutSeconds: 1,
      successThreshold: 1,
      failureThreshold: 3,
    };
    const spec = { containers: [container({ livenessProbe })] };
    const errored = [
      started(1),
      ...[11, 21].map((at) => because({ kind: 'programMissing' }, probed(at, 'liveness', 'Errored', 0, output))),
    ];
    expect(about(timelineOf(...errored), podOf(spec))).toEqual([
      `The image of web lacks the program of its liveness probe. Without a shell around it, the kubelet ignores the result. Add the program to the image, or use httpGet, tcpSocket or grpc. ${READ}/exec-probes.md#exec-probe-missing-binary`,
    ]);
  });

  test('explains a liveness probe that cannot run for another reason', () => {
    const liveness = {
      httpGet: { scheme: 'HTTP', path: '/', port: 80 },
      initialDelaySeconds: 0,
      periodSeconds: 10,
      timeoutSeconds: 1,
      successThreshold: 1,
      failureThreshold: 3,
    } as const;
    const spec = { containers: [container({ livenessProbe: liveness })] };
    const life = [started(1), probed(11, 'liveness', 'Errored', 0, 'context canceled while reading body')];
    expect(about(timelineOf(...life), podOf(spec))).toEqual([
      `The liveness probe could not run and the kubelet ignores the result, so it never restarts the container. ${READ}/probes.md#errored-probes`,
    ]);
  });

  test('explains failures that started before a crash', () => {
    const script = {
      web: [
        { at: '0s', run: 1, http: { 8080: { '/healthz': 500 } } },
        { at: '25s', run: 1, exit: 1 },
        { at: '0s', run: '2+', http: { 8080: { '/healthz': 500 } }, onTerm: { exitAfter: '10m' } },
      ],
    };
    const pod = simulatePod(web(`livenessProbe: { ${healthz} }`), script);
    pod.advance('35s');
    expect(about(pod.timeline, pod.pod, 'Killing')).toEqual([
      `Failures from before a crash still count: web had failed 2 of 3 times before it started. ${READ}/probes.md#failures-survive-a-crash`,
    ]);
  });

  test('explains a startup probe that never succeeded', () => {
    const probe = `startupProbe: { ${healthz}, periodSeconds: 10, failureThreshold: 6 }`;
    expect(said(web(probe), { web: [{ at: '0s', http: { 8080: { '/healthz': 503 } } }] }, 'Killing')).toEqual([
      '6 failures × 10s: web was killed 60.0s after its start. Its startup probe never succeeded.',
      `The startup probe of web never succeeded. Raise startupProbe.failureThreshold to give web more time, or fix what it waits for. ${READ}/startup.md#slow-start-liveness`,
    ]);
  });

  test('explains a timeout', () => {
    const probe = `readinessProbe: { exec: { command: [check] } }`;
    expect(said(web(probe), { web: [{ at: '0s', exec: { check: { takes: '2s' } } }] })).toEqual([
      'The readiness probe runs every 10s. None of its 33 attempts since +1.0s succeeded.',
      `The readiness probe of web got no response within its timeout of 1s (the default). Raise readinessProbe.timeoutSeconds, unless web hangs. ${READ}/exec-probes.md#exec-probe-timeout`,
    ]);
  });

  test('explains a port without a listener', () => {
    expect(said(web(`readinessProbe: { ${healthz} }`), {})).toEqual([
      'The readiness probe runs every 10s. None of its 37 attempts since +0.0s succeeded.',
      `Nothing listens on the port of the readiness probe at the IP of the pod. Check that web is up, uses this port, and binds 0.0.0.0 instead of 127.0.0.1. ${READ}/probes.md#bound-to-localhost`,
    ]);
  });

  test('explains a Host header that the app rejects', () => {
    const strict = { web: [{ at: '0s', http: { 8080: { '/healthz': 421 } } }] };
    expect(said(web(`readinessProbe: { ${healthz} }`), strict)).toEqual([
      'The readiness probe runs every 10s. None of its 37 attempts since +0.0s succeeded.',
      `The Host header of the probe is the IP and port of the pod, which servers with a list of allowed hosts reject. Set Host in readinessProbe.httpGet.httpHeaders, or allow this host in web. ${READ}/probes.md#host-header`,
    ]);
  });

  test('explains a kill of a pod that was Ready the whole time', () => {
    const script = {
      web: [
        { at: '0s', http: { 8080: { '/healthz': 200 } } },
        { at: '30s', run: 1, http: { 8080: { '/healthz': 500 } } },
      ],
    };
    expect(said(web(`livenessProbe: { ${healthz} }`), script, 'Killing')).toEqual([
      '3 failures × 10s: web was killed 30.0s after its liveness probe last succeeded.',
      `The pod stayed Ready, so web kept receiving requests. A failing liveness probe does not remove a pod from its Services. ${READ}/endpoints.md#liveness-and-ready`,
    ]);
  });

  test('explains a hang that a tcpSocket liveness probe does not detect', async () => {
    const manifest = web(
      `livenessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 5 }\nreadinessProbe: { ${healthz}, periodSeconds: 5 }`,
    );
    const pod = simulatePod(manifest, {
      web: [{ at: '0s', tcp: { 8080: 'open' }, http: { 8080: { '/healthz': 200 } } }],
    });
    pod.advance('20s');
    await pod.container('web').freeze();
    pod.advance('1m');
    expect(explain(new Incident(pod.pod, pod.timeline, undefined))).toBe(
      `web hangs, but its tcpSocket liveness probe succeeds, because the kernel accepts connections for a hung process. Use httpGet or grpc, which need a response. ${READ}/probes.md#tcp-probe-frozen-app`,
    );
  });
});

describe('ofProbes', () => {
  test('names the unknown port and the ports of the container', () => {
    const errored = [started(1), probed(11, 'readiness', 'Errored', 0, 'couldn’t find port')];
    const named = (port: string, ports?: Container['ports']) =>
      found({ readinessProbe: { ...PROBE, httpGet: { ...httpGet, port } }, ...(ports && { ports }) }, errored);
    const ports = [{ name: 'http', containerPort: 8080, protocol: 'TCP' as const }];
    expect(named('admin', ports)).toMatchObject({
      cause: 'unknown-port',
      text: expect.stringMatching(/^No port of web is named "admin" \(its ports: http\)/),
    });
    expect(named('admin')?.text).toContain('(it names no port)');
    expect(named('http', ports)?.cause).toBeUndefined();
  });

  test('distinguishes a missing program from one that failed', () => {
    const missing = { kind: 'programMissing', exitCode: 127 } as const;
    const exec = { exec: { command: ['sh', '-c', 'curl localhost'] } };
    expect(readiness(exec, missing)?.cause).toBe('exec-program-missing');
    expect(readiness(exec, { kind: 'exit', exitCode: 127 })?.cause).toBeUndefined();
    expect(readiness({ httpGet }, missing)?.cause).toBeUndefined();
  });

  test('names the path of a 404, and no path for other statuses', () => {
    expect(readiness({ httpGet }, { kind: 'status', status: 404 })).toMatchObject({
      cause: 'probe-path-not-found',
      text: expect.stringContaining('web returns 404 for /healthz, but the probe needs a status from 200 to 399.'),
    });
    expect(readiness({ httpGet }, { kind: 'status', status: 500 })).toBeUndefined();
  });

  test('names the gRPC service that the health server does not know', () => {
    const unknown = { kind: 'rpc', code: 'NotFound' } as const;
    expect(readiness({ grpc: { port: 9090, service: 'shop' } }, unknown)).toMatchObject({
      cause: 'grpc-service-unknown',
      text: expect.stringContaining('does not know the service "shop"'),
    });
    expect(readiness({ grpc: { port: 9090 } }, unknown)?.text).toContain('does not know the service ""');
  });

  test('mentions no Host header that the manifest sets in any case', () => {
    const misdirected = { kind: 'status', status: 421 } as const;
    expect(readiness({ httpGet }, misdirected)?.cause).toBe('probe-host-refused');
    const httpHeaders = [{ name: 'host', value: 'shop.example' }];
    expect(readiness({ httpGet: { ...httpGet, httpHeaders } }, misdirected)?.cause).toBe('probe-rejected');
  });

  test('blames the request for a client error only if a later one cannot succeed', () => {
    const causeOf = (status: number) => readiness({ httpGet }, { kind: 'status', status })?.cause;
    expect([401, 405, 410].map(causeOf)).toEqual(Array(3).fill('probe-rejected'));
    expect([408, 425, 429, 503].map(causeOf)).toEqual(Array(4).fill(undefined));
  });

  test('names the timeout, and whether it is the default', () => {
    const late = { kind: 'timedOut' } as const;
    expect(readiness({ httpGet }, late)).toMatchObject({
      cause: 'probe-timeout',
      faq: 'probes.md#probe-timeout-one-second',
      text: expect.stringContaining('within its timeout of 1s (the default)'),
    });
    expect(readiness({ httpGet, timeoutSeconds: 5 }, late)?.text).not.toContain('default');
  });

  test('advises a startup probe if liveness killed a container that never started', () => {
    const life = [
      started(1),
      ...[11, 21, 31].flatMap((at, n) =>
        failed(at, 'liveness', n + 1, '').map((event) => because({ kind: 'refused' }, event)),
      ),
    ];
    const livenessProbe = { ...PROBE, httpGet };
    const kill = killed(31, 'liveness').slice(0, 1);
    expect(found({ livenessProbe }, [...life, ...kill])).toMatchObject({
      cause: 'start-longer-than-probe',
      text: expect.stringContaining('Add a startupProbe'),
    });
    const once = [started(1), probed(2, 'liveness', 'Success', 1), ...life.slice(1), ...kill];
    expect(found({ livenessProbe }, once)?.cause).toBeUndefined();
  });

  test('compares liveness and readiness by their requests, not by their periods', () => {
    const life = [
      started(1),
      probed(2, 'liveness', 'Success', 1),
      ...failed(31, 'liveness', 3, 'HTTP probe failed with statuscode: 503'),
      ...killed(31, 'liveness').slice(0, 1),
    ];
    const livenessProbe = { ...PROBE, httpGet };
    const faqWith = (probe: object) => found({ livenessProbe, readinessProbe: { ...PROBE, ...probe } }, life)?.faq;
    expect(faqWith({ httpGet, periodSeconds: 1 })).toBe('probes.md#liveness-same-as-readiness');
    expect(faqWith({ httpGet: { ...httpGet, path: '/readyz' } })).toBeUndefined();
  });

  test('mentions that the pod stayed Ready while liveness failed', () => {
    const output = 'HTTP probe failed with statuscode: 503';
    const life = (isReady: boolean) => [
      started(1),
      probed(2, 'liveness', 'Success', 1),
      ready(3, isReady),
      ...failed(31, 'liveness', 3, output),
      ...killed(31, 'liveness').slice(0, 1),
    ];
    const spec = { livenessProbe: { ...PROBE, httpGet } };
    expect(found(spec, life(true))?.faq).toBe('endpoints.md#liveness-and-ready');
    expect(found(spec, life(false))).toBeUndefined();
  });
});
