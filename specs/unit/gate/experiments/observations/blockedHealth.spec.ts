import { describe, expect, test } from '@jest/globals';
import { CREATED } from '../../../../../src/clock/instant';
import { blockedHealth } from '../../../../../src/gate/experiments/observations/blockedHealth';
import { simulatePod } from '../../../../../src/pod/simulated/simulatePod';
import type { Event } from '../../../../../src/timeline/event';
import { s, timelineOf } from '../../../timeline/events';
import { pod } from '../../gateOf';

/** Returns a request for a slow page that takes this many seconds. */
const request = (sentAt: number, took: number): Event => ({
  at: s(sentAt + took),
  source: 'runtime',
  kind: 'RequestFinished',
  port: 8080,
  path: '/export',
  sentAt: s(sentAt),
  status: 200,
});

/** Returns an attempt of the readiness probe that takes this many seconds. */
const attempt = (begunAt: number, took: number, result: 'Success' | 'Failure' = 'Success'): Event => ({
  at: s(begunAt + took),
  source: 'runtime',
  kind: 'ProbeFinished',
  container: 'web',
  probe: 'readiness',
  result,
  output: '',
  tookMs: took * 1_000,
  run: 1,
  threshold: 1,
});

function find(...events: readonly Event[]) {
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: pod() };
  const { pod: loaded } = simulatePod(manifest);
  const subject = {
    pod: loaded,
    backend: { publishNotReadyAddresses: false },
    services: [],
    endpointRemovalDelay: '1s',
    kubernetesVersion: '1.37',
  } as const;
  const timeline = timelineOf(...events.toSorted((one, other) => one.at - other.at));
  return blockedHealth
    .find({ subject, pod: loaded, timeline, since: 0, from: CREATED, looks: [], memory: [] })
    .map(({ message }) => message);
}

const QUIET = [attempt(1, 0.002), attempt(2, 0.003)];

describe('blockedHealth', () => {
  test('finds attempts that return together with the request before them', () => {
    expect(find(...QUIET, request(3, 4), attempt(4, 3), request(7.05, 4), attempt(8, 3.05))).toEqual([
      { kind: 'blockedHealth', container: 'web', probe: 'readiness', times: 2, path: '/export', requestMs: 4_000 },
    ]);
  });

  test('finds attempts that time out during a request', () => {
    expect(find(...QUIET, request(3, 6), attempt(4, 1, 'Failure'), attempt(6, 1, 'Failure'))).toHaveLength(1);
  });

  test('finds nothing if attempts return while requests are in progress', () => {
    const during = [4, 5, 6, 8, 9].map((second) => attempt(second, 0.01));
    expect(find(...QUIET, request(3, 4), request(7, 4), ...during)).toEqual([]);
  });

  test('finds nothing if some attempts return during requests and others wait', () => {
    const quick = [5, 9].map((second) => attempt(second, 0.01));
    expect(find(...QUIET, request(3, 4), attempt(4, 3), request(7, 4), attempt(8, 3), ...quick)).toEqual([]);
  });

  test('finds nothing if attempts are slow even without requests', () => {
    expect(find(attempt(1, 0.8), attempt(2, 0.9), request(3, 4), attempt(4, 3), request(7, 4), attempt(8, 3))).toEqual(
      [],
    );
  });

  test('finds nothing in a single attempt or during quick requests', () => {
    expect(find(...QUIET, request(3, 4), attempt(4, 3))).toEqual([]);
    expect(find(...QUIET, request(3, 0.6), attempt(3.06, 0.54), request(4, 0.6), attempt(4.06, 0.54))).toEqual([]);
  });

  test('returns a gap if no request was slow', () => {
    const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: pod() };
    const seen = {
      pod: simulatePod(manifest).pod,
      since: 0,
      from: CREATED,
      looks: [],
      memory: [],
      subject: {} as never,
    };
    expect(blockedHealth.gap?.({ ...seen, timeline: timelineOf(request(1, 0.2)) })).toEqual({
      kind: 'quickRequests',
      slowMs: 1_000,
    });
    expect(blockedHealth.gap?.({ ...seen, timeline: timelineOf(request(1, 2)) })).toBeUndefined();
  });
});
