import { describe, expect, test } from '@jest/globals';
import {
  createdStatus,
  mergePodStatus,
  setContainerReadiness,
  setContainerStartup,
  terminatePod,
} from '../../../../src/kubelet/status/statusManager';
import { conditionOf } from '../../../../src/timeline/condition';
import type { PodCondition, PodPhase, PodStatus } from '../../../../src/timeline/podStatus';
import { s } from '../../../fidelity/kubelet/scenarios';
import { named, podOf, RUNNING, sidecar, statusOf, terminated, WAITING } from '../pods';

type Spec = Parameters<typeof podOf>[0];

function published(phase: PodPhase, more: Partial<PodStatus> = {}): PodStatus {
  return { phase, conditions: [], initContainerStatuses: [], containerStatuses: [], ...more };
}

const isTrue = (type: string): PodCondition => ({ type, status: 'True', lastTransitionTime: s(2) });
const isFalse = (type: string): PodCondition => ({ type, status: 'False', lastTransitionTime: s(2) });

describe('mergePodStatus', () => {
  const containerStatuses = [statusOf('app', terminated(1))];
  const failed = published('Failed', { reason: 'DeadlineExceeded', message: 'too long', containerStatuses });

  test('keeps the phase and its reason while a container can still run', () => {
    const merged = mergePodStatus(published('Running', { reason: 'Busy' }), failed, true);
    expect(merged).toEqual({ ...failed, phase: 'Running', reason: 'Busy', message: undefined });
    expect(merged).not.toHaveProperty('message');
  });

  test('publishes a terminal phase once no container can run', () => {
    expect(mergePodStatus(published('Running'), failed, false)).toBe(failed);
  });

  test('publishes other phases immediately, and keeps a published terminal phase', () => {
    const running = published('Running');
    expect(mergePodStatus(published('Pending'), running, true)).toBe(running);
    expect(mergePodStatus(published('Failed'), failed, true)).toBe(failed);
  });
});

describe('terminatePod', () => {
  const one: Spec = { containers: [named('app')] };
  const lost = {
    exitCode: 137,
    reason: 'ContainerStatusUnknown',
    message: 'The container could not be located when the pod was terminated',
  };

  test('changes a phase that is not terminal to Failed, and keeps Succeeded', () => {
    for (const phase of ['Pending', 'Running', 'Failed'] as const) {
      expect(terminatePod(podOf(one), published(phase)).phase).toBe('Failed');
    }
    expect(terminatePod(podOf(one), published('Succeeded')).phase).toBe('Succeeded');
  });

  test('publishes each running container as lost', () => {
    const containerStatuses = [
      statusOf('app', WAITING),
      statusOf('db', RUNNING, { ready: true }),
      statusOf('log', terminated(3)),
    ];
    const spec = { containers: [named('app'), named('db'), named('log')] };
    const { containerStatuses: ended } = terminatePod(podOf(spec), published('Pending', { containerStatuses }));
    expect(ended.map(({ state }) => state)).toEqual([{ terminated: lost }, { terminated: lost }, terminated(3)]);
    expect(ended.map(({ ready }) => ready)).toEqual([false, false, false]);
  });

  test('keeps the containers of an initializing pod, except the running init container', () => {
    const spec: Spec = { initContainers: [named('fetch'), named('migrate')], ...one };
    const status = published('Pending', {
      initContainerStatuses: [statusOf('fetch', RUNNING), statusOf('migrate', WAITING)],
      containerStatuses: [statusOf('app', WAITING)],
    });
    const { initContainerStatuses, containerStatuses } = terminatePod(podOf(spec), status);
    expect(initContainerStatuses.map(({ state }) => state)).toEqual([{ terminated: lost }, WAITING]);
    expect(containerStatuses.map(({ state }) => state)).toEqual([WAITING]);
  });

  test('terminates the app if the last init container is done or a last sidecar started', () => {
    const app = [statusOf('app', WAITING)];
    const appAfter = (spec: Spec, last: PodStatus['initContainerStatuses'][number]) => {
      const status = published('Pending', { initContainerStatuses: [last], containerStatuses: app });
      return terminatePod(podOf(spec), status).containerStatuses[0]?.state;
    };
    const plain: Spec = { initContainers: [named('setup')], ...one };
    expect(appAfter(plain, statusOf('setup', terminated(0)))).toEqual({ terminated: lost });
    expect(appAfter(plain, statusOf('setup', terminated(1)))).toEqual(WAITING);
    const side: Spec = { initContainers: [sidecar('proxy')], ...one };
    expect(appAfter(side, statusOf('proxy', RUNNING, { started: true }))).toEqual({ terminated: lost });
    expect(appAfter(side, statusOf('proxy', RUNNING, { started: false }))).toEqual(WAITING);
  });
});

describe('setContainerReadiness', () => {
  const pod = podOf({ containers: [named('app')], readinessGates: [{ conditionType: 'shop/lb' }] });
  const conditions = [isTrue('shop/lb'), isTrue('Initialized'), isTrue('Ready'), isTrue('ContainersReady')];
  const ready = statusOf('app', RUNNING, { ready: true, started: true });
  const status = published('Running', { conditions, containerStatuses: [ready] });

  test('updates the container and the conditions that depend on it', () => {
    const patched = setContainerReadiness(pod, status, 'app', false, s(9.5));
    expect(patched.containerStatuses).toEqual([{ ...ready, ready: false }]);
    const message = 'containers with unready status: [app]';
    const unready = { status: 'False', reason: 'ContainersNotReady', message, lastTransitionTime: s(9) };
    expect(conditionOf(patched, 'Ready')).toEqual({ type: 'Ready', ...unready });
    expect(conditionOf(patched, 'ContainersReady')).toEqual({ type: 'ContainersReady', ...unready });
    expect(conditionOf(patched, 'Initialized')).toEqual(isTrue('Initialized'));
  });

  test('keeps Ready False until the readiness gates are True', () => {
    const unready = published('Running', {
      conditions: [isFalse('shop/lb'), isFalse('Ready'), isFalse('ContainersReady')],
      containerStatuses: [{ ...ready, ready: false }],
    });
    const patched = setContainerReadiness(pod, unready, 'app', true, s(9));
    expect(conditionOf(patched, 'ContainersReady')?.status).toBe('True');
    expect(conditionOf(patched, 'Ready')).toMatchObject({ status: 'False', reason: 'ReadinessGatesNotReady' });
    expect(conditionOf(patched, 'Ready')?.lastTransitionTime).toBe(s(2));
  });

  test('ignores a removed container and an unchanged readiness', () => {
    expect(setContainerReadiness(pod, status, 'other', false, s(9))).toBe(status);
    expect(setContainerReadiness(pod, status, 'app', true, s(9))).toBe(status);
  });
});

describe('setContainerStartup', () => {
  const pod = podOf({ containers: [named('app')] });
  const conditions = [isTrue('Ready'), isTrue('ContainersReady')];
  const up = statusOf('app', RUNNING, { ready: true, started: true });
  const status = published('Running', { conditions, containerStatuses: [up] });

  test('sets ready to false together with started', () => {
    const patched = setContainerStartup(pod, status, 'app', false, s(9));
    expect(patched.containerStatuses).toEqual([{ ...up, started: false, ready: false }]);
    expect(conditionOf(patched, 'Ready')?.status).toBe('False');
  });

  test('sets started for a container that is not ready', () => {
    const starting = { ...status, containerStatuses: [{ ...up, started: false, ready: false }] };
    const patched = setContainerStartup(pod, starting, 'app', true, s(9));
    expect(patched.containerStatuses).toEqual([{ ...up, started: true, ready: false }]);
  });
});

describe('createdStatus', () => {
  test('contains Pending, PodScheduled and the start in whole seconds', () => {
    expect(createdStatus(s(4.2), 'Burstable')).toMatchObject({
      phase: 'Pending',
      startTime: s(4),
      qosClass: 'Burstable',
      conditions: [{ type: 'PodScheduled', status: 'True' }],
    });
  });

  test('contains the reason why the pod is unschedulable, and no start time', () => {
    const message = '0/1 nodes are available: 1 Insufficient memory.';
    const status = createdStatus(s(4), 'Burstable', message);
    expect(status.conditions).toMatchObject([{ status: 'False', reason: 'Unschedulable', message }]);
    expect(status.startTime).toBeUndefined();
  });
});
