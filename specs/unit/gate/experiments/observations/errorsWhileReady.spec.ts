import { describe, expect, test } from '@jest/globals';
import { errorsWhileReady } from '../../../../../src/gate/experiments/observations/errorsWhileReady';
import { simulatePod } from '../../../../../src/pod/simulated/simulatePod';
import type { Event } from '../../../../../src/timeline/event';
import { asked, published, s, timelineOf } from '../../../timeline/events';
import { pod } from '../../gateOf';

const ready = (at: number, status: 'True' | 'False'): Event =>
  published(at, { phase: 'Running', podIP: '10.0.0.7', conditions: [{ type: 'Ready', status }] as never });
const frozen: Event = { at: s(10), source: 'test', kind: 'TestActed', action: 'freeze', service: 'db' };
const BEFORE = [ready(1, 'True'), ...[7, 8, 9].map((at) => asked(at))];

/** Clients send requests again from second 20. Readiness detects a fault within 6s. */
function find(...events: readonly Event[]) {
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: pod() };
  const { pod: loaded } = simulatePod(manifest);
  const subject = {
    pod: loaded,
    backend: { publishNotReadyAddresses: false },
    services: ['db'],
    endpointRemovalDelay: '1s',
    kubernetesVersion: '1.37',
  } as const;
  const timeline = timelineOf(...events);
  const since = timeline.events.findIndex(({ at }) => at >= s(20));
  return errorsWhileReady('db')
    .find({ subject, pod: loaded, timeline, since, from: s(20), looks: [], memory: [] })
    .map(({ message }) => message);
}

describe('errorsWhileReady', () => {
  test('finds errors of a pod that stays Ready', () => {
    expect(find(...BEFORE, frozen, ...[20, 21, 22].map((at) => asked(at, 'answered 500')))).toEqual([
      {
        kind: 'errorsWhileReady',
        service: 'db',
        requests: Array.from({ length: 3 }, () => ({ path: '/', port: 8080 })),
        of: 3,
        failure: 'answered 500',
      },
    ]);
  });

  test('finds nothing if the pod is not Ready or most requests succeed', () => {
    expect(find(...BEFORE, frozen, ready(12, 'False'), asked(20, 'answered 500'), asked(21, 'answered 500'))).toEqual(
      [],
    );
    const mixed = [asked(20), asked(21, 'answered 500'), asked(22), asked(23, 'answered 500')];
    expect(find(...BEFORE, frozen, ...mixed)).toEqual([]);
  });

  test('finds nothing if requests failed before or readiness had no time to fail', () => {
    const failing = [asked(9.5, 'answered 500'), frozen, asked(20, 'answered 500'), asked(21, 'answered 500')];
    expect(find(...BEFORE, ...failing)).toEqual([]);
    const late = { ...frozen, at: s(18) };
    expect(find(...BEFORE, late, asked(20, 'answered 500'), asked(21, 'answered 500'))).toEqual([]);
  });
});
