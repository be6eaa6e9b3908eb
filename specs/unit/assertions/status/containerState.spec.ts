import { describe, expect, test } from '@jest/globals';
import {
  type ContainerStateFilter,
  hasContainerState,
  reachedContainerState,
} from '../../../../src/assertions/status/containerState';
import type { ContainerState } from '../../../../src/timeline/podStatus';
import { container, ended, type Life, published, removed, s, timelineOf } from '../../timeline/events';

const WAITS = { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 10s' } };
const RUNS = { running: { startedAt: s(1) } };
const OOM = { terminated: { exitCode: 137, reason: 'OOMKilled' } };
const DONE = { terminated: { exitCode: 0, reason: 'Completed' } };

const shows = (seconds: number, state: ContainerState, lastState: ContainerState = {}, name = 'web') =>
  published(seconds, { phase: 'Running', containerStatuses: [container({ name, state, lastState })] });
const has = (wanted: ContainerStateFilter, ...life: Life) => hasContainerState(timelineOf(...life), 'web', wanted);
const reached = (wanted: ContainerStateFilter, since: number, ...life: Life) =>
  reachedContainerState(timelineOf(...life), since, 'web', wanted);

describe('hasContainerState', () => {
  test('compares only the fields of the filter', () => {
    const outcome = (wanted: ContainerStateFilter) => has(wanted, shows(5, OOM)).outcome;
    expect(outcome({ terminated: true })).toBe('passed');
    expect(outcome({ terminated: { exitCode: 137 } })).toBe('passed');
    expect(outcome({ terminated: { exitCode: 137, reason: 'Error' } })).toBe('failed');
    expect(outcome({ running: true })).toBe('failed');
  });

  test('compares lastState if the filter has it', () => {
    const life = shows(9, WAITS, OOM);
    expect(has({ waiting: true, lastState: { terminated: { reason: 'OOMKilled' } } }, life).outcome).toBe('passed');
    expect(has({ waiting: true, lastState: { terminated: { exitCode: 1 } } }, life).outcome).toBe('failed');
    expect(has({ waiting: true, lastState: { terminated: true } }, shows(9, WAITS)).outcome).toBe('failed');
  });

  test('uses the last status, and returns the event since when the state matches', () => {
    const life = [shows(2, RUNS), shows(5, WAITS), shows(7, WAITS)];
    expect(has({ running: true }, ...life).outcome).toBe('failed');
    expect(has({ waiting: true }, ...life).event?.at).toBe(s(5));
  });

  test('returns the received state', () => {
    const received = (...states: [ContainerState, ContainerState?]) =>
      has({ running: true, ...(states[1] && { lastState: {} }) }, shows(5, ...states)).received;
    expect(received(WAITS)).toEqual({ kind: 'containerState', container: 'web', state: WAITS });
    expect(received(RUNS, DONE)).toEqual({ kind: 'containerState', container: 'web', state: RUNS, lastState: DONE });
  });

  test('fails if the status does not contain the container', () => {
    expect(has({ running: true }, shows(5, RUNS, {}, 'proxy'))).toMatchObject({
      outcome: 'failed',
      received: { kind: 'noContainerState', container: 'web' },
    });
  });

  test('finds init containers in the status', () => {
    const life = published(5, { initContainerStatuses: [container({ state: DONE })] });
    expect(has({ terminated: { exitCode: 0 } }, life).outcome).toBe('passed');
  });
});

describe('reachedContainerState', () => {
  test('passes if the container is in the state or reaches it', () => {
    expect(reached({ waiting: true }, 0, shows(2, RUNS)).outcome).toBe('pending');
    expect(reached({ waiting: true }, 0, shows(2, RUNS), shows(5, WAITS))).toMatchObject({
      outcome: 'passed',
      event: { at: s(5) },
    });
    expect(reached({ running: true }, 1, shows(2, RUNS)).outcome).toBe('passed');
  });

  test('passes if the container was in the state after `since`, but not before it', () => {
    const life = [shows(2, RUNS), shows(5, WAITS), shows(9, RUNS)];
    expect(reached({ waiting: true }, 1, ...life).outcome).toBe('passed');
    expect(reached({ waiting: true }, 3, ...life).outcome).toBe('pending');
  });

  test('fails once the pod is removed or in a terminal phase', () => {
    expect(reached({ waiting: true }, 0, shows(2, RUNS), removed(5))).toMatchObject({
      outcome: 'failed',
      reason: { kind: 'removed' },
    });
    expect(
      reached({ waiting: true }, 0, ended(9, 'Failed', { containerStatuses: [container({ state: OOM })] })),
    ).toMatchObject({
      outcome: 'failed',
      reason: { kind: 'terminalPhase', phase: 'Failed' },
    });
  });
});
