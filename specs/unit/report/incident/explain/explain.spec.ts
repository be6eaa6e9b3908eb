import { describe, expect, test } from '@jest/globals';
import type { Instant } from '../../../../../src/clock/instant';
import type { Container } from '../../../../../src/manifest/model';
import { adviceOn } from '../../../../../src/report/incident/note';
import type { HandlerFailure } from '../../../../../src/timeline/causes';
import type { Event, EventOf } from '../../../../../src/timeline/event';
import { web as container, podOf } from '../../../matchers/replay';
import { because, exited, probed, recorded, s, started, timelineOf } from '../../../timeline/events';

const httpGet = { path: '/healthz', port: 8080 };
const PROBE = {
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
};
/** Returns the first readiness probe, with this failure. */
const unready = (failure: HandlerFailure, result: 'Failure' | 'Errored' = 'Failure') =>
  because(failure, probed(11, 'readiness', result, 1));

const listeners = (...addresses: readonly string[]): EventOf<'ListenersSeen'> => {
  return { at: s(11), source: 'runtime', kind: 'ListenersSeen', container: 'web', addresses };
};

function causeOf(
  events: readonly Event[],
  more: object = { readinessProbe: { ...PROBE, httpGet } },
  log: string[] = [],
  others: Container[] = [],
) {
  const timeline = timelineOf(...events);
  for (const text of log) {
    timeline.output.append({ at: 1_000 as Instant, container: 'web', attempt: 0, stream: 'stderr', text });
  }
  const pod = podOf({ containers: [container(more), ...others] });
  return adviceOn({ result: { outcome: 'failed', received: { kind: 'notReady' } }, timeline, pod });
}

const refused = (...addresses: readonly string[]) => [
  started(1),
  listeners(...addresses),
  unready({ kind: 'refused' }),
];

describe('explanation of a refused probe', () => {
  test('names the loopback address that the app uses', () => {
    const { cause, advice } = causeOf(refused('127.0.0.1:8080', '0.0.0.0:9090'));
    expect(cause).toBe('bound-to-localhost');
    expect(advice).toMatch(
      /^web listens on 127\.0\.0\.1:8080 and 0\.0\.0\.0:9090, but the readiness probe connects to port 8080/,
    );
  });

  test('names the port that the app uses instead', () => {
    const { cause, advice } = causeOf(refused('0.0.0.0:3000'));
    expect(cause).toBe('nothing-listens');
    expect(advice).toContain('web listens on 0.0.0.0:3000, but the readiness probe connects to port 8080');
  });

  test('returns no such cause if the app has other ports and may open this one later', () => {
    const ports = [{ containerPort: 8080 }, { containerPort: 9090 }];
    expect(causeOf(refused('0.0.0.0:4369', '0.0.0.0:25672')).cause).toBeUndefined();
    expect(causeOf(refused('127.0.0.1:9229')).cause).toBeUndefined();
    const { cause, advice } = causeOf(refused('0.0.0.0:9090'), { readinessProbe: { ...PROBE, httpGet }, ports });
    expect(cause).toBeUndefined();
    expect(advice).toContain('which listens on 0.0.0.0:9090 so far.');
  });

  test('names the port that the manifest declares if the probe uses another', () => {
    const readinessProbe = { ...PROBE, httpGet: { ...httpGet, port: 8081 } };
    expect(causeOf(refused('0.0.0.0:8080'), { readinessProbe, ports: [{ containerPort: 8080 }] }).cause).toBe(
      'nothing-listens',
    );
  });

  test('returns no such cause if another container may own the listener', () => {
    const sidecar = { ...container({}), name: 'proxy' };
    expect(causeOf(refused('0.0.0.0:3000'), undefined, [], [sidecar]).cause).toBeUndefined();
  });

  test('returns no such cause if the app listens on the port, or on none yet', () => {
    expect(causeOf(refused('0.0.0.0:8080')).cause).toBeUndefined();
    expect(causeOf(refused()).cause).toBeUndefined();
  });
});

describe('explanation of a name that does not resolve', () => {
  test('uses the response of a probe, and names the option that provides the name', () => {
    const failure = probed(11, 'readiness', 'Failure', 1, 'HTTP probe failed with statuscode: 503');
    const response = 'getaddrinfo ENOTFOUND sessions.cache';
    const { cause, advice } = causeOf([started(1), { ...failure, response } as Event]);
    expect(cause).toBe('name-not-resolved');
    expect(advice).toContain('--service sessions.cache=HOST:PORT');
  });

  test('uses the log of a container that exits', () => {
    const log = ['cannot connect to the database: getaddrinfo ENOTFOUND invoices-db'];
    const { cause, advice } = causeOf([started(1), exited(2, 1)], {}, log);
    expect(cause).toBe('name-not-resolved');
    expect(advice).toContain('--service invoices-db=HOST:PORT');
  });

  test('yields to an unknown path of the probe', () => {
    const failure = unready({ kind: 'status', status: 404 });
    expect(causeOf([started(1), failure], undefined, ['getaddrinfo ENOTFOUND telemetry']).cause).toBe(
      'probe-path-not-found',
    );
  });
});

describe('explanation of an exit', () => {
  test('blames a server for exit code 0, and a Job only without probe and port', () => {
    const life = [started(1), exited(2, 0), recorded(3, 'BackOff', 'web')];
    expect(causeOf(life).cause).toBe('exits-by-itself');
    expect(causeOf(life, {}).cause).toBe('job-under-always');
  });

  test('returns a crash for an error code if no other cause applies', () => {
    expect(causeOf([started(1), exited(2, 1)]).cause).toBe('crashes');
  });
});

describe('explanation of a failing exec probe', () => {
  const readinessProbe = { ...PROBE, exec: { command: ['check'] } };
  const causeOfFailure = (failure: HandlerFailure, result: 'Failure' | 'Errored' = 'Failure') =>
    causeOf([started(1), unready(failure, result)], { readinessProbe }).cause;

  test('reports a missing program if the shell or the container engine does not find it', () => {
    expect(causeOfFailure({ kind: 'programMissing', exitCode: 127 })).toBe('exec-program-missing');
    expect(causeOfFailure({ kind: 'programMissing' }, 'Errored')).toBe('exec-program-missing');
  });

  test('reports no missing program if the program ran', () => {
    expect(causeOfFailure({ kind: 'exit', exitCode: 1 })).toBeUndefined();
    expect(causeOfFailure({ kind: 'exit', exitCode: 1, says: 'refused' })).toBeUndefined();
  });

  test('advises no longer timeout if its own request timed out', () => {
    expect(causeOfFailure({ kind: 'timedOut' })).toBe('probe-timeout');
    expect(causeOfFailure({ kind: 'exit', exitCode: 1, says: 'timedOut' })).toBeUndefined();
  });
});

test('explains the failing probe, whatever another probe returned later', () => {
  const probes = { readinessProbe: { ...PROBE, httpGet }, livenessProbe: { ...PROBE, httpGet } };
  const failure = unready({ kind: 'status', status: 404 });
  expect(causeOf([started(1), failure, probed(12, 'liveness', 'Success', 1)], probes).cause).toBe(
    'probe-path-not-found',
  );
  const ready = [started(1), failure, probed(21, 'readiness', 'Success', 1), probed(22, 'liveness', 'Success', 1)];
  expect(causeOf(ready, probes).cause).toBeUndefined();
});

describe('explanation of a probe with a client error', () => {
  const causeOfStatus = (status: number, httpHeaders?: object[]) => {
    const readinessProbe = { ...PROBE, httpGet: { ...httpGet, ...(httpHeaders && { httpHeaders }) } };
    return causeOf([started(1), unready({ kind: 'status', status })], { readinessProbe }).cause;
  };

  test('reports a rejected request if the path and the Host header are right', () => {
    expect([401, 405, 410].map((status) => causeOfStatus(status))).toEqual(Array(3).fill('probe-rejected'));
    expect(causeOfStatus(403, [{ name: 'Host', value: 'shop.example' }])).toBe('probe-rejected');
  });

  test('reports another cause if the path or the Host header is wrong', () => {
    expect([404, 400, 403, 421].map((status) => causeOfStatus(status))).toEqual([
      'probe-path-not-found',
      ...Array(3).fill('probe-host-refused'),
    ]);
  });

  test('returns no such cause if a later request may succeed', () => {
    expect([408, 425, 429, 500, 503].map((status) => causeOfStatus(status))).toEqual(Array(5).fill(undefined));
  });

  test('reports a rejected request if the server lacks the gRPC health protocol', () => {
    const readinessProbe = { ...PROBE, grpc: { port: 8080 } };
    const life = [started(1), unready({ kind: 'rpc', code: 'Unimplemented' })];
    expect(causeOf(life, { readinessProbe }).cause).toBe('probe-rejected');
  });
});
