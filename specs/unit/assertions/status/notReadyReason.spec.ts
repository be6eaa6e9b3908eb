import { expect, test } from '@jest/globals';
import { explainNotReady } from '../../../../src/assertions/status/notReadyReason';
import type { ContainerStatus } from '../../../../src/timeline/podStatus';
import { container, failed, type Life, probed, published, running, started, timelineOf } from '../../timeline/events';

const why = (containers: readonly ContainerStatus[], ...life: Life) =>
  explainNotReady(timelineOf(...life, published(9, { containerStatuses: containers })));

const only = (...containers: readonly object[]) => ({ kind: 'containers', containers });

test('returns the waiting reason and the last exit of a waiting container', () => {
  const creating = container({ state: { waiting: { reason: 'ContainerCreating' } } });
  expect(why([creating])).toMatchObject(only({ kind: 'waiting', container: 'web', reason: 'ContainerCreating' }));
  const waiting = { reason: 'CrashLoopBackOff', message: 'back-off 10s restarting failed container=web' };
  const crashing = container({ state: { waiting }, lastState: { terminated: { exitCode: 1, reason: 'Error' } } });
  expect(why([crashing])).toMatchObject(
    only({ kind: 'waiting', container: 'web', reason: 'CrashLoopBackOff', exit: { exitCode: 1 } }),
  );
});

test('returns the awaited probe of a running container, with its last result', () => {
  const starting = running({ started: false });
  expect(why([starting], started(1))).toMatchObject(only({ kind: 'noResult', container: 'web', probe: 'startup' }));
  expect(why([starting], started(1), failed(2, 'startup', 1, 'connection refused'))).toMatchObject(
    only({ kind: 'probe', attempt: { probe: 'startup', result: 'Failure', output: 'connection refused' } }),
  );
  expect(why([running()], failed(1, 'readiness', 3, 'old'), started(2, 1))).toMatchObject(
    only({ kind: 'noResult', container: 'web', probe: 'readiness' }),
  );
  expect(why([running()], started(1), probed(2, 'readiness', 'Success', 1))).toMatchObject(
    only({ kind: 'probe', attempt: { probe: 'readiness', result: 'Success', run: 1, threshold: 3 } }),
  );
  expect(why([running()], started(1), probed(2, 'readiness', 'Errored', 1, 'no such port'))).toMatchObject(
    only({ kind: 'probe', attempt: { probe: 'readiness', result: 'Errored', output: 'no such port' } }),
  );
});

test('returns a reason for each container that is not ready', () => {
  const ended = container({ name: 'job', state: { terminated: { exitCode: 0, reason: 'Completed' } } });
  expect(why([ended, running({ name: 'ok', ready: true }), running()])).toMatchObject(
    only({ kind: 'exited', exit: { container: 'job', exitCode: 0 } }, { kind: 'noResult', container: 'web' }),
  );
});

test('considers only the current init container while init containers run', () => {
  const waiting = container({ state: { waiting: { reason: 'PodInitializing' } } });
  const initContainerStatuses = [
    running({ name: 'proxy', started: true }),
    container({ name: 'migrate', state: { terminated: { exitCode: 2, reason: 'Error' } } }),
  ];
  const timeline = timelineOf(published(9, { initContainerStatuses, containerStatuses: [waiting] }));
  expect(explainNotReady(timeline)).toMatchObject(
    only({ kind: 'exited', exit: { container: 'migrate', exitCode: 2 } }),
  );
});

test('returns the readiness gate if all containers are ready', () => {
  const message = 'corresponding condition of pod readiness gate "lb" does not exist.';
  const conditions = [
    { type: 'Initialized', status: 'True' as const },
    { type: 'Ready', status: 'False' as const, reason: 'ReadinessGatesNotReady', message },
  ];
  const timeline = timelineOf(published(9, { conditions, containerStatuses: [running({ ready: true })] }));
  expect(explainNotReady(timeline)).toMatchObject(only({ kind: 'condition', message }));
});
