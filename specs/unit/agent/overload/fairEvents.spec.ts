import { describe, expect, test } from '@jest/globals';
import { FairEvents } from '../../../../src/agent/overload/fairEvents';
import type { Probe } from '../../../../src/manifest/model';
import type { Event, ProbeResult, RuntimeEvent } from '../../../../src/timeline/event';
import { podOf, web } from '../../matchers/replay';
import { recorded, s } from '../../timeline/events';

const PROBE = { periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 3, successThreshold: 1, initialDelaySeconds: 0 };
const HTTP: Probe = { ...PROBE, httpGet: { path: '/', port: 8080, scheme: 'HTTP' } };
const EXEC: Probe = { ...PROBE, exec: { command: ['true'] } };

const REFUSED = 'Get "http://10.0.0.5:8080/": dial tcp 10.0.0.5:8080: connect: connection refused';

const startedAt = (seconds: number): RuntimeEvent => ({
  source: 'runtime',
  kind: 'ContainerStarted',
  at: s(seconds),
  container: 'web',
  id: 'web-0',
  attempt: 0,
});
const probed = (seconds: number, result: ProbeResult, output = ''): RuntimeEvent => ({
  source: 'runtime',
  kind: 'ProbeFinished',
  at: s(seconds),
  container: 'web',
  probe: 'startup',
  result,
  output,
  tookMs: 3,
  run: 1,
  threshold: 3,
});
const gaveUp = (seconds: number): Event =>
  recorded(seconds, 'Killing', 'Container web failed startup probe, will be restarted', {
    container: 'web',
    probe: 'startup',
  });
const stopped = (seconds: number): Event =>
  recorded(seconds, 'Killing', 'Stopping container web', { container: 'web' });
const signaled = (seconds: number, signal: string, graceMs?: number): RuntimeEvent => ({
  source: 'runtime',
  kind: 'SignalSent',
  at: s(seconds),
  container: 'web',
  signal,
  ...(graceMs !== undefined && { graceMs }),
});

/** Checks the events, and returns since when it read CPU waits and the message if it rejects the events. */
function checked(events: readonly Event[], { isStarved = true, probe = HTTP } = {}) {
  const askedSince: number[] = [];
  const pod = podOf({ containers: [web({ startupProbe: probe })] });
  const answering: (readonly string[])[] = [];
  const fair = new FairEvents(pod, {
    since: (from, { answering: those = [] } = {}) => {
      askedSince.push(from / 1_000);
      answering.push(those);
      return isStarved ? { who: 'web', waitedMs: 2_345, ofMs: 4_000 } : undefined;
    },
  });
  try {
    fair.check(events);
    return { askedSince, answering, message: undefined };
  } catch (error) {
    return { askedSince, answering, message: (error as Error).message };
  }
}

describe('FairEvents', () => {
  test('rejects a start that a probe ends while the app waits for a CPU', () => {
    expect(checked([startedAt(1), probed(2, 'Failure', REFUSED), gaveUp(5)])).toMatchObject({
      askedSince: [1],
      message:
        'machine overloaded: web had waited 2.3s of 4.0s for a CPU when its startup probe gave up, so the run has no ' +
        'result. Run fewer pods in parallel (JEST_KUBELET_MAX_PODS)',
    });
  });

  test('accepts a start that a probe ends if the app had its CPU', () => {
    const events = [startedAt(1), probed(2, 'Failure', REFUSED), gaveUp(5)];
    expect(checked(events, { isStarved: false })).toMatchObject({ askedSince: [1], message: undefined });
  });

  test('lists containers that returned a status or exit code until the probe succeeds', () => {
    const notFound = probed(2, 'Failure', 'HTTP probe failed with statuscode: 404');
    expect(checked([startedAt(1), notFound, gaveUp(5)]).answering).toEqual([['web']]);
    const exited = probed(2, 'Failure', 'no such file');
    expect(checked([startedAt(1), exited, gaveUp(5)], { probe: EXEC }).answering).toEqual([['web']]);
    expect(checked([startedAt(1), probed(2, 'Failure', REFUSED), gaveUp(5)]).answering).toEqual([[]]);
    const killed = [stopped(6), signaled(8, 'SIGKILL')];
    expect(checked([startedAt(1), notFound, probed(3, 'Success'), ...killed]).answering).toEqual([[]]);
  });

  test('accepts the kill of an app whose startup probe has succeeded', () => {
    const events = [startedAt(1), probed(2, 'Success'), probed(3, 'Failure', REFUSED), gaveUp(5)];
    expect(checked(events).askedSince).toEqual([]);
  });

  test('measures CPU waits from the start of the latest instance', () => {
    const events = [startedAt(1), probed(2, 'Success'), startedAt(7), probed(8, 'Failure', REFUSED), gaveUp(9)];
    expect(checked(events).askedSince).toEqual([7]);
  });

  test('rejects a SIGKILL after the grace period if the app waited for a CPU', () => {
    const events = [startedAt(1), stopped(10), signaled(10, 'SIGTERM', 4_000), signaled(14, 'SIGKILL')];
    expect(checked(events)).toMatchObject({
      askedSince: [10],
      message: expect.stringContaining('web had waited 2.3s of 4.0s for a CPU when its grace period was over'),
    });
    expect(checked([startedAt(1), stopped(10), signaled(10, 'SIGKILL', 4_000)]).askedSince).toEqual([]);
  });

  test('rejects a request that timed out, and accepts one with a response', () => {
    const request = (failure: string): RuntimeEvent => ({
      source: 'runtime',
      kind: 'RequestFinished',
      port: 8080,
      at: s(9),
      sentAt: s(4),
      path: '/',
      failure,
    });
    expect(checked([request('timed out after 5s')])).toMatchObject({
      askedSince: [4],
      message: expect.stringContaining('when a request to it timed out'),
    });
    expect(checked([request('HTTP 500')]).askedSince).toEqual([]);
  });

  test('rejects an exceeded activeDeadlineSeconds if the pod waited for a CPU', () => {
    const over = recorded(30, 'DeadlineExceeded', 'Pod was active on the node longer than the specified deadline');
    expect(checked([over])).toMatchObject({ askedSince: [0], message: expect.stringContaining('deadline') });
  });
});
