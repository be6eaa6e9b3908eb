import { describe, expect, test } from '@jest/globals';
import type { Instant } from '../../src/clock/instant';
import { adviceOn } from '../../src/report/note';
import type { Event, EventOf } from '../../src/timeline/event';
import { web as container, podOf } from '../matchers/replay';
import { exited, probed, recorded, s, started, timelineOf } from '../timeline/events';

const httpGet = { path: '/healthz', port: 8080 };
const PROBE = {
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
};
const REFUSED = 'Get "http://10.0.0.2:8080/healthz": dial tcp 10.0.0.2:8080: connect: connection refused';

const listeners = (...addresses: readonly string[]): EventOf<'ListenersSeen'> => {
  return { at: s(11), source: 'runtime', kind: 'ListenersSeen', container: 'web', addresses };
};

function causeOf(
  events: readonly Event[],
  more: object = { readinessProbe: { ...PROBE, httpGet } },
  log: string[] = [],
) {
  const timeline = timelineOf(...events);
  for (const text of log) {
    timeline.output.append({ at: 1_000 as Instant, container: 'web', attempt: 0, stream: 'stderr', text });
  }
  const pod = podOf({ containers: [container(more)] });
  return adviceOn({ judgement: { outcome: 'violated', received: 'not Ready' }, timeline, pod });
}

const refused = (...addresses: readonly string[]) => [
  started(1),
  listeners(...addresses),
  probed(11, 'readiness', 'Failure', 1, REFUSED),
];

describe('a probe that is refused', () => {
  test('names the loopback address that the app is bound to', () => {
    const { cause, advice } = causeOf(refused('127.0.0.1:8080', '0.0.0.0:9090'));
    expect(cause).toBe('bound-to-localhost');
    expect(advice).toMatch(
      /^web listens on 127\.0\.0\.1:8080 and 0\.0\.0\.0:9090, and the readiness probe connects to port 8080/,
    );
  });

  test('names the port that the app uses instead', () => {
    const { cause, advice } = causeOf(refused('0.0.0.0:3000'));
    expect(cause).toBe('nothing-listens');
    expect(advice).toContain('web listens on 0.0.0.0:3000, and the readiness probe connects to port 8080');
  });

  test('has no such cause if the app listens there, or nowhere yet', () => {
    expect(causeOf(refused('0.0.0.0:8080')).cause).toBeUndefined();
    expect(causeOf(refused()).cause).toBeUndefined();
  });
});

describe('a name that does not resolve', () => {
  test('is found in the response of a probe, with the option that provides it', () => {
    const failure = probed(11, 'readiness', 'Failure', 1, 'HTTP probe failed with statuscode: 503');
    const response = 'getaddrinfo ENOTFOUND sessions.cache';
    const { cause, advice } = causeOf([started(1), { ...failure, response } as Event]);
    expect(cause).toBe('name-not-resolved');
    expect(advice).toContain('--service sessions.cache=HOST:PORT');
  });

  test('is found in the log of a container that exits', () => {
    const log = ['cannot connect to the database: getaddrinfo ENOTFOUND invoices-db'];
    const { cause, advice } = causeOf([started(1), exited(2, 1)], {}, log);
    expect(cause).toBe('name-not-resolved');
    expect(advice).toContain('--service invoices-db=HOST:PORT');
  });

  test('is not the cause if the probe uses a path that is not there', () => {
    const failure = probed(11, 'readiness', 'Failure', 1, 'HTTP probe failed with statuscode: 404');
    expect(causeOf([started(1), failure], undefined, ['getaddrinfo ENOTFOUND telemetry']).cause).toBe(
      'probe-path-not-found',
    );
  });
});

describe('an exit', () => {
  test('with 0 is the fault of a server, and a Job’s of what has no probe and no port', () => {
    const life = [started(1), exited(2, 0), recorded(3, 'BackOff', 'web')];
    expect(causeOf(life).cause).toBe('exits-by-itself');
    expect(causeOf(life, {}).cause).toBe('job-under-always');
  });

  test('with an error is a crash if nothing else explains it', () => {
    expect(causeOf([started(1), exited(2, 1)]).cause).toBe('crashes');
  });
});
