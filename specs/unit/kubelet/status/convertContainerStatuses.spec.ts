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

/** The status of the only regular container. */
function convert(instances: readonly Instance[], more: Partial<ConversionView> = {}, spec = one): ContainerStatus {
  const [status] = convertContainerStatuses(viewOf(spec, instances, more), 'regular');
  if (!status) throw new Error('no status');
  return status;
}

describe('convertContainerStatuses without an instance', () => {
  test('shows ContainerCreating, or PodInitializing in a pod with init containers', () => {
    expect(convert([])).toMatchObject({ state: { waiting: { reason: 'ContainerCreating' } }, restartCount: 0 });
    const spec = { initContainers: [named('setup')], ...one };
    const waiting = { state: { waiting: { reason: 'PodInitializing' } } };
    expect(convert([], {}, spec)).toMatchObject(waiting);
    expect(convertContainerStatuses(viewOf(spec, []), 'init')).toMatchObject([waiting]);
  });

  test('keeps what the API showed of a container that has terminated', () => {
    const old = statusOf('app', terminated(0), { restartCount: 2 });
    expect(convert([], { previous: [old] })).toEqual(old);
  });

  test('shows one that ran as lost, and counts a restart unless the pod is being deleted', () => {
    const previous = [statusOf('app', RUNNING, { restartCount: 2 })];
    const message = 'The container could not be located when the pod was deleted.  The container used to be Running';
    const lost = { terminated: { exitCode: 137, reason: 'ContainerStatusUnknown', message } };
    expect(convert([], { previous })).toMatchObject({ state: WAITING, lastState: lost, restartCount: 3 });
    const pod = podOf(one, { deletion: DELETION });
    expect(convert([], { previous, pod })).toMatchObject({ lastState: lost, restartCount: 2 });
  });
});

describe('convertContainerStatuses of the newest instance', () => {
  test('shows a running one with its start in whole seconds', () => {
    const status = convert([instance('app', 'running', { startedAt: s(7.9), restartCount: 1 })]);
    expect(status).toMatchObject({ state: { running: { startedAt: s(7) } }, restartCount: 1, containerID: 'app' });
  });

  test('shows one that has not run yet as waiting without a reason', () => {
    expect(convert([instance('app', 'created')]).state).toEqual({ waiting: {} });
  });

  test('shows how one exited, and the one before it as the last state', () => {
    const before = exited('app', 0, { id: 'first', finishedAt: s(3) });
    const { state, lastState } = convert([exited('app', 1, { message: 'no database' }), before]);
    expect(state.terminated).toMatchObject({ exitCode: 1, reason: 'Error', message: 'no database' });
    expect(lastState.terminated).toMatchObject({ exitCode: 0, finishedAt: s(3), containerID: 'first' });
  });

  test('shows an unknown one as lost if it ran, and counts a restart', () => {
    const previous = [statusOf('app', RUNNING, { restartCount: 4 })];
    const message = 'The container could not be located when the pod was terminated';
    expect(convert([instance('app', 'unknown')], { previous })).toMatchObject({
      state: { terminated: { exitCode: 137, reason: 'ContainerStatusUnknown', message } },
      restartCount: 5,
    });
  });
});

describe('convertContainerStatuses after a start that failed', () => {
  const error = { reason: 'CrashLoopBackOff', message: 'back-off 10s restarting failed container' };
  const startErrors = { app: error };
  const crashed = [exited('app', 1)];

  test('shows the error while the container waits, and the exit as its last state', () => {
    const { state, lastState } = convert(crashed, { startErrors });
    expect(state).toEqual({ waiting: error });
    expect(lastState.terminated).toMatchObject({ exitCode: 1 });
  });

  test('shows the exit until a start has been refused', () => {
    expect(convert(crashed).state.terminated).toMatchObject({ exitCode: 1, reason: 'Error' });
  });

  test('shows no back-off of a container that will not be restarted', () => {
    expect(convert(crashed, { startErrors }, { ...one, restartPolicy: 'Never' }).state.waiting).toBeUndefined();
    const pod = podOf(one, { deletion: DELETION });
    expect(convert(crashed, { startErrors, pod }).state.waiting).toBeUndefined();
  });

  test('shows no error of an init container that has finished', () => {
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

  test('shows a removed container as waiting after exit code 137, and counts a restart', () => {
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

  test('is not what a container in back-off waits for', () => {
    const error = { reason: 'CrashLoopBackOff', message: '' };
    expect(isRemovedForRestart(convert([exited('app', 1)], { startErrors: { app: error } }))).toBe(false);
  });
});

test('convertContainerStatuses carries `started` over to the next instance from 1.35', () => {
  const previous = [statusOf('app', RUNNING, { started: true })];
  const next = [instance('app', 'running', { id: 'second' }), exited('app', 137)];
  expect(convert(next, { previous, behavior: behaviorOf('1.35') }).started).toBe(true);
  expect(convert(next, { previous, behavior: behaviorOf('1.34') }).started).toBeUndefined();
  expect(convert([exited('app', 137)], { previous }).started).toBeUndefined();
});
