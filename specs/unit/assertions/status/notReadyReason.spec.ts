import { expect, test } from '@jest/globals';
import { whyNotReady } from '../../../../src/assertions/status/notReadyReason';
import type { ContainerStatus } from '../../../../src/timeline/podStatus';
import { container, failed, type Life, probed, published, running, started, timelineOf } from '../../timeline/events';

const why = (containers: readonly ContainerStatus[], ...life: Life) =>
  whyNotReady(timelineOf(...life, published(9, { containerStatuses: containers })));

test('a container that waits says for what, and how it ended before', () => {
  const creating = container({ state: { waiting: { reason: 'ContainerCreating' } } });
  expect(why([creating])).toBe('web is waiting (ContainerCreating)');
  const waiting = { reason: 'CrashLoopBackOff', message: 'back-off 10s restarting failed container=web' };
  const crashing = container({ state: { waiting }, lastState: { terminated: { exitCode: 1, reason: 'Error' } } });
  expect(why([crashing])).toBe('web is waiting (CrashLoopBackOff): it exited with 1');
});

test('a container that runs names the probe it waits for, and its last answer since the start', () => {
  const starting = running({ started: false });
  expect(why([starting], started(1))).toBe('web runs, but its startup probe has not answered yet');
  expect(why([starting], started(1), failed(2, 'startup', 1, 'connection refused'))).toBe(
    'web runs, but its startup probe fails: connection refused',
  );
  expect(why([running()], failed(1, 'readiness', 3, 'old'), started(2, 1))).toBe(
    'web runs, but its readiness probe has not answered yet',
  );
  expect(why([running()], started(1), probed(2, 'readiness', 'Success', 1))).toBe(
    'web runs, but its readiness probe has succeeded 1 of 3 times',
  );
  expect(why([running()], started(1), probed(2, 'readiness', 'Errored', 1, 'no such port'))).toBe(
    'web runs, but its readiness probe cannot be carried out: no such port',
  );
});

test('every container that is not ready is named, one that is ready is not', () => {
  const ended = container({ name: 'job', state: { terminated: { exitCode: 0, reason: 'Completed' } } });
  expect(why([ended, running({ name: 'ok', ready: true }), running()])).toBe(
    'job exited with 0; web runs, but its readiness probe has not answered yet',
  );
});

test('while init containers run only the one whose turn it is matters', () => {
  const waiting = container({ state: { waiting: { reason: 'PodInitializing' } } });
  const initContainerStatuses = [
    running({ name: 'proxy', started: true }),
    container({ name: 'migrate', state: { terminated: { exitCode: 2, reason: 'Error' } } }),
  ];
  const timeline = timelineOf(published(9, { initContainerStatuses, containerStatuses: [waiting] }));
  expect(whyNotReady(timeline)).toBe('migrate exited with 2');
});

test('when all containers are ready, a readiness gate is what is missing', () => {
  const message = 'corresponding condition of pod readiness gate "lb" does not exist.';
  const conditions = [
    { type: 'Initialized', status: 'True' as const },
    { type: 'Ready', status: 'False' as const, reason: 'ReadinessGatesNotReady', message },
  ];
  const timeline = timelineOf(published(9, { conditions, containerStatuses: [running({ ready: true })] }));
  expect(whyNotReady(timeline)).toBe(message);
});
