import { describe, expect, test } from '@jest/globals';
import { behaviorOf } from '../../../../src/kubelet';
import type { Instance } from '../../../../src/kubelet/state/runtimeState';
import {
  allContainersRestarting,
  type ConditionView,
  computeInitialized,
  containersReady,
  mayRestartAllContainers,
  podReady,
  podReadyToStartContainers,
  transition,
} from '../../../../src/kubelet/status/generate';
import type { ConditionStatus, PodPhase } from '../../../../src/timeline/podStatus';
import { s } from '../../../fidelity/kubelet/scenarios';
import {
  exited,
  instance,
  named,
  podOf,
  RUNNING,
  runtimeOf,
  SANDBOX,
  sidecar,
  statusOf,
  terminated,
  WAITING,
} from '../pods';

const { spec } = podOf({
  initContainers: [named('setup'), sidecar('proxy')],
  containers: [named('web'), named('db')],
  readinessGates: [{ conditionType: 'shop/lb' }],
});

const TRUE = { status: 'True' };
const ready = { ready: true, started: true };
const initDone = [statusOf('setup', terminated(0), { ready: true }), statusOf('proxy', RUNNING, ready)];
const bothReady = [statusOf('db', RUNNING, ready), statusOf('web', RUNNING, ready)];

function viewOf(more: Partial<ConditionView> = {}): ConditionView {
  return { spec, phase: 'Running', containerStatuses: bothReady, initContainerStatuses: initDone, ...more };
}

describe('containersReady', () => {
  test('returns True if each sidecar and regular container is ready', () => {
    expect(containersReady(viewOf())).toEqual(TRUE);
    const initContainerStatuses = [statusOf('setup', terminated(0)), statusOf('proxy', RUNNING, ready)];
    expect(containersReady(viewOf({ initContainerStatuses }))).toEqual(TRUE);
  });

  test('lists containers that are not ready: sidecars first, then in spec order', () => {
    const containerStatuses = [statusOf('db', RUNNING), statusOf('web', RUNNING)];
    const initContainerStatuses = [statusOf('proxy', RUNNING)];
    expect(containersReady(viewOf({ containerStatuses, initContainerStatuses }))).toEqual({
      status: 'False',
      reason: 'ContainersNotReady',
      message: 'containers with unready status: [proxy web db]',
    });
  });

  test('lists containers without a status first', () => {
    const containerStatuses = [statusOf('web', RUNNING)];
    expect(containersReady(viewOf({ containerStatuses })).message).toBe(
      'containers with unknown status: [db], containers with unready status: [web]',
    );
  });

  test('returns False without statuses, and in a pod that is over', () => {
    const without = viewOf({ containerStatuses: undefined });
    expect(containersReady(without)).toEqual({ status: 'False', reason: 'UnknownContainerStatuses' });
    expect(containersReady(viewOf({ phase: 'Succeeded' }))).toEqual({ status: 'False', reason: 'PodCompleted' });
    expect(containersReady(viewOf({ phase: 'Failed' }))).toEqual({ status: 'False', reason: 'PodFailed' });
  });
});

describe('podReady', () => {
  test('returns True if the containers are ready and each readiness gate is True', () => {
    expect(podReady(viewOf(), { 'shop/lb': 'True' })).toEqual(TRUE);
  });

  test.each<[Readonly<Record<string, ConditionStatus>>, string]>([
    [{}, 'corresponding condition of pod readiness gate "shop/lb" does not exist.'],
    [{ 'shop/lb': 'False' }, 'the status of pod readiness gate "shop/lb" is not "True", but False'],
    [{ 'shop/lb': 'Unknown' }, 'the status of pod readiness gate "shop/lb" is not "True", but Unknown'],
  ])('returns False for the readiness gates %j', (gates, message) => {
    expect(podReady(viewOf(), gates)).toEqual({ status: 'False', reason: 'ReadinessGatesNotReady', message });
  });

  test('returns the reason of the containers, whatever the readiness gates', () => {
    const view = viewOf({ containerStatuses: [statusOf('db', RUNNING), statusOf('web', RUNNING, ready)] });
    expect(podReady(view, {})).toEqual(containersReady(view));
    expect(podReady(view, {}).reason).toBe('ContainersNotReady');
  });
});

describe('initialized', () => {
  const waiting = [statusOf('db', WAITING), statusOf('web', WAITING)];

  test('returns True once init containers are ready and sidecars have started', () => {
    expect(computeInitialized(viewOf({ containerStatuses: waiting }))).toEqual(TRUE);
    const unready = [statusOf('setup', terminated(0), { ready: true }), statusOf('proxy', RUNNING, { started: true })];
    expect(computeInitialized(viewOf({ containerStatuses: waiting, initContainerStatuses: unready }))).toEqual(TRUE);
  });

  test('lists the incomplete init containers', () => {
    const initContainerStatuses = [statusOf('setup', RUNNING), statusOf('proxy', WAITING)];
    expect(computeInitialized(viewOf({ containerStatuses: waiting, initContainerStatuses }))).toEqual({
      status: 'False',
      reason: 'ContainersNotInitialized',
      message: 'containers with incomplete status: [setup proxy]',
    });
  });

  test('returns True once a regular container has started, even if a sidecar has not', () => {
    const initContainerStatuses = [statusOf('setup', terminated(0), { ready: true }), statusOf('proxy', terminated(1))];
    expect(computeInitialized(viewOf({ initContainerStatuses }))).toEqual(TRUE);
    const crashed = [statusOf('db', WAITING), statusOf('web', WAITING, { lastState: terminated(1) })];
    expect(computeInitialized(viewOf({ initContainerStatuses, containerStatuses: crashed }))).toEqual(TRUE);
    expect(computeInitialized(viewOf({ initContainerStatuses, containerStatuses: waiting })).status).toBe('False');
  });

  test('returns True with reason PodCompleted in a succeeded pod', () => {
    expect(computeInitialized(viewOf({ phase: 'Succeeded' }))).toEqual({ status: 'True', reason: 'PodCompleted' });
  });
});

describe('podReadyToStartContainers', () => {
  test('returns True with a ready sandbox that has an IP', () => {
    expect(podReadyToStartContainers(SANDBOX, behaviorOf('1.37'))).toEqual(TRUE);
  });

  test.each([
    ['no pod sandbox exists', undefined],
    ['pod sandbox is not ready', { ...SANDBOX, ready: false }],
    ['pod sandbox has no IP address', { ...SANDBOX, podIP: '' }],
  ])('returns False if %s, with a reason since 1.37', (message, sandbox) => {
    const reason = 'PodSandboxNotReady';
    expect(podReadyToStartContainers(sandbox, behaviorOf('1.37'))).toEqual({ status: 'False', reason, message });
    expect(podReadyToStartContainers(sandbox, behaviorOf('1.36'))).toEqual({ status: 'False' });
  });
});

describe('allContainersRestarting', () => {
  const exitCodes = { operator: 'In' as const, values: [42] };
  const rules = [{ action: 'RestartAllContainers' as const, exitCodes }];
  const ruled = podOf({ containers: [named('app', { restartPolicy: 'Never', restartPolicyRules: rules })] }).spec;
  const behavior = behaviorOf('1.36');
  const statusAfter = (instances: readonly Instance[], before?: ConditionStatus, phase: PodPhase = 'Running') =>
    allContainersRestarting(ruled, phase, runtimeOf(...instances), before, behavior).status;

  test('returns True from the matching exit until every container is removed', () => {
    expect(allContainersRestarting(ruled, 'Running', runtimeOf(exited('app', 42)), undefined, behavior)).toMatchObject({
      status: 'True',
      reason: 'RestartAllContainersStarted',
    });
    expect(statusAfter([exited('app', 1)])).toBe('False');
    expect(statusAfter([instance('app', 'running')], 'True')).toBe('True');
    expect(statusAfter([], 'True')).toBe('False');
  });

  test('returns False in a pod that is over', () => {
    expect(statusAfter([exited('app', 42)], 'True', 'Failed')).toBe('False');
  });

  test('adds the condition only to pods with such a rule, since 1.36', () => {
    expect(mayRestartAllContainers(ruled, behavior)).toBe(true);
    expect(mayRestartAllContainers(ruled, behaviorOf('1.35'))).toBe(false);
    expect(mayRestartAllContainers(spec, behavior)).toBe(false);
  });
});

test('transition changes the time only if the status changes', () => {
  const before = [{ type: 'Ready', status: 'False', lastTransitionTime: s(3) }] as const;
  const other = { status: 'False', reason: 'PodFailed' } as const;
  expect(transition('Ready', other, before, s(9))).toEqual({ type: 'Ready', ...other, lastTransitionTime: s(3) });
  expect(transition('Ready', { status: 'True' }, before, s(9.5)).lastTransitionTime).toBe(s(9));
  expect(transition('Initialized', { status: 'False' }, before, s(9)).lastTransitionTime).toBe(s(9));
});
