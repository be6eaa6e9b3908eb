import { describe, expect, test } from '@jest/globals';
import { behaviorOf } from '../../../../src/kubelet';
import type { Instance } from '../../../../src/kubelet/state/runtimeState';
import {
  type ConversionView,
  convertContainerStatuses,
  isRemovedForRestart,
} from '../../../../src/kubelet/status/convertContainerStatuses';
import type { ContainerStatus } from '../../../../src/timeline/podStatus';
import { s } from '../../../fidelity/kubelet/scenarios';
import {
  DELETION,
  exited,
  instance,
  named,
  podOf,
  RUNNING,
  runtimeOf,
  sidecar,
  statusOf,
  terminated,
  WAITING,
} from '../pods';

type Spec = Parameters<typeof podOf>[0];

const one: Spec = { containers: [named('app')] };

function viewOf(spec: Spec, instances: readonly Instance[], more: Partial<ConversionView> = {}): ConversionView {
  const nothing = { previous: [], startErrors: {}, restartingAll: false, behavior: behaviorOf('1.36') };
  return { pod: podOf(spec), runtime: runtimeOf(...instances), ...nothing, ...more };
}

/** Returns the status of the only regular container. */
function convert(instances: readonly Instance[], more: Partial<ConversionView> = {}, spec = one): ContainerStatus {
  const [status] = convertContainerStatuses(viewOf(spec, instances, more), 'regular');
  if (!status) throw new Error('no status');
  return status;
}

describe('convertContainerStatuses without an instance', () => {
  test('publishes ContainerCreating, or PodInitializing with init containers', () => {
    expect(convert([])).toMatchObject({ state: { waiting: { reason: 'ContainerCreating' } }, restartCount: 0 });
    const spec = { initContainers: [named('setup')], ...one };
    const waiting = { state: { waiting: { reason: 'PodInitializing' } } };
    expect(convert([], {}, spec)).toMatchObject(waiting);
    expect(convertContainerStatuses(viewOf(spec, []), 'init')).toMatchObject([waiting]);
  });

  test('keeps the published status of a terminated container', () => {
    const old = statusOf('app', terminated(0), { restartCount: 2 });
    expect(convert([], { previous: [old] })).toEqual(old);
  });

  test('publishes a lost container as exited, and counts a restart unless it is deleted', () => {
    const previous = [statusOf('app', RUNNING, { restartCount: 2 })];
    const message = 'The container could not be located when the pod was deleted.  The container used to be Running';
    const lost = { terminated: { exitCode: 137, reason: 'ContainerStatusUnknown', message } };
    expect(convert([], { previous })).toMatchObject({ state: WAITING, lastState: lost, restartCount: 3 });
    const pod = podOf(one, { deletion: DELETION });
    expect(convert([], { previous, pod })).toMatchObject({ lastState: lost, restartCount: 2 });
  });
});

describe('convertContainerStatuses for the newest instance', () => {
  test('publishes a running instance with its start in whole seconds', () => {
    const status = convert([instance('app', 'running', { startedAt: s(7.9), restartCount: 1 })]);
    expect(status).toMatchObject({ state: { running: { startedAt: s(7) } }, restartCount: 1, containerID: 'app' });
  });

  test('publishes an instance that has not run as waiting without a reason', () => {
    expect(convert([instance('app', 'created')]).state).toEqual({ waiting: {} });
  });

  test('publishes an exit as the state, and the exit before it as lastState', () => {
    const before = exited('app', 0, { id: 'first', finishedAt: s(3) });
    const { state, lastState } = convert([exited('app', 1, { message: 'no database' }), before]);
    expect(state.terminated).toMatchObject({ exitCode: 1, reason: 'Error', message: 'no database' });
    expect(lastState.terminated).toMatchObject({ exitCode: 0, finishedAt: s(3), containerID: 'first' });
  });

  test('publishes an unknown instance as lost if it ran, and counts a restart', () => {
    const previous = [statusOf('app', RUNNING, { restartCount: 4 })];
    const message = 'The container could not be located when the pod was terminated';
    expect(convert([instance('app', 'unknown')], { previous })).toMatchObject({
      state: { terminated: { exitCode: 137, reason: 'ContainerStatusUnknown', message } },
      restartCount: 5,
    });
  });
});

describe('convertContainerStatuses after a failed start', () => {
  const error = { reason: 'CrashLoopBackOff', message: 'back-off 10s restarting failed container' };
  const startErrors = { app: error };
  const crashed = [exited('app', 1)];

  test('publishes the error while the container waits, and the exit as lastState', () => {
    const { state, lastState } = convert(crashed, { startErrors });
    expect(state).toEqual({ waiting: error });
    expect(lastState.terminated).toMatchObject({ exitCode: 1 });
  });

  test('publishes the exit until a start has failed', () => {
    expect(convert(crashed).state.terminated).toMatchObject({ exitCode: 1, reason: 'Error' });
  });

  test('publishes no back-off for a container that is not restarted', () => {
    expect(convert(crashed, { startErrors }, { ...one, restartPolicy: 'Never' }).state.waiting).toBeUndefined();
    const pod = podOf(one, { deletion: DELETION });
    expect(convert(crashed, { startErrors, pod }).state.waiting).toBeUndefined();
  });

  test('publishes no error for a finished init container', () => {
    const spec = { initContainers: [named('setup')], ...one };
    const view = viewOf(spec, [exited('setup', 0)], { startErrors: { setup: error } });
    expect(convertContainerStatuses(view, 'init')[0]?.state.terminated).toMatchObject({ exitCode: 0 });
  });
});

test('convertContainerStatuses sorts by name, except for init containers', () => {
  const spec = {
    initContainers: [sidecar('proxy'), named('fetch')],
    containers: [named('web'), named('db'), named('log')],
  };
  const names = (kind: 'init' | 'regular') => convertContainerStatuses(viewOf(spec, []), kind).map(({ name }) => name);
  expect(names('regular')).toEqual(['db', 'log', 'web']);
  expect(names('init')).toEqual(['proxy', 'fetch']);
});

describe('convertContainerStatuses during RestartAllContainers', () => {
  const removed = { reason: 'RestartingAllContainers' };

  test('publishes a removed container as waiting with a restart after exit code 137', () => {
    for (const state of [RUNNING, terminated(42)]) {
      const previous = [statusOf('app', state, { restartCount: 1 })];
      const status = convert([], { previous, restartingAll: true });
      expect(status).toMatchObject({
        state: { waiting: removed },
        lastState: { terminated: { ...removed, exitCode: 137 } },
        restartCount: 2,
      });
      expect(isRemovedForRestart(status)).toBe(true);
    }
  });

  test('keeps a finished init container ready', () => {
    const previous = [statusOf('setup', terminated(0), { ready: true })];
    const view = viewOf({ initContainers: [named('setup')], ...one }, [], { previous, restartingAll: true });
    expect(convertContainerStatuses(view, 'init')).toMatchObject([{ ready: true, state: { waiting: removed } }]);
  });

  test('isRemovedForRestart returns false for a container in back-off', () => {
    const error = { reason: 'CrashLoopBackOff', message: '' };
    expect(isRemovedForRestart(convert([exited('app', 1)], { startErrors: { app: error } }))).toBe(false);
  });
});

test('convertContainerStatuses keeps `started` for the next instance since 1.35', () => {
  const previous = [statusOf('app', RUNNING, { started: true })];
  const next = [instance('app', 'running', { id: 'second' }), exited('app', 137)];
  expect(convert(next, { previous, behavior: behaviorOf('1.35') }).started).toBe(true);
  expect(convert(next, { previous, behavior: behaviorOf('1.34') }).started).toBeUndefined();
  expect(convert([exited('app', 137)], { previous }).started).toBeUndefined();
});
