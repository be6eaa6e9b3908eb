import { describe, expect, test } from '@jest/globals';
import { behaviorOf } from '../../../../src/kubelet';
import type { Instance } from '../../../../src/kubelet/state/runtimeState';
import { generateAPIPodStatus, type StatusView } from '../../../../src/kubelet/status/generateAPIPodStatus';
import { conditionOf } from '../../../../src/timeline/condition';
import type { PodStatus } from '../../../../src/timeline/podStatus';
import { s } from '../../../fidelity/kubelet/scenarios';
import { exited, instance, named, podOf, RUNNING, runtimeOf, SANDBOX, sidecar, statusOf, terminated } from '../pods';

type Spec = Parameters<typeof podOf>[0];

const one: Spec = { containers: [named('app')] };
const EMPTY: PodStatus = { phase: 'Pending', conditions: [], initContainerStatuses: [], containerStatuses: [] };

/** Generates a status at 9.5s. A running container is started and ready. */
function generate(instances: readonly Instance[], more: Partial<StatusView> = {}, spec = one): PodStatus {
  const view: StatusView = {
    pod: podOf(spec),
    runtime: runtimeOf(...instances),
    old: EMPTY,
    startErrors: {},
    podIsTerminal: false,
    pastActiveDeadline: false,
    updateStatus: (status, isInit) => {
      const isRunning = status.state.running !== undefined;
      return { ...status, started: isRunning, ready: isRunning || (isInit && status.state.terminated?.exitCode === 0) };
    },
    behavior: behaviorOf('1.36'),
    ...more,
  };
  return generateAPIPodStatus(view, s(9.5));
}

const typesOf = ({ conditions }: PodStatus) => conditions.map(({ type }) => type);
const runs = [instance('app', 'running')];
const OWN = ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];

describe('conditions of generateAPIPodStatus', () => {
  test('follow the order of the kubelet, with PodReadyToStartContainers since 1.29', () => {
    expect(typesOf(generate(runs))).toEqual(['PodReadyToStartContainers', ...OWN]);
    expect(typesOf(generate(runs, { behavior: behaviorOf('1.28') }))).toEqual(OWN);
  });

  test('follow the conditions of other writers, which are kept', () => {
    const conditions = [
      { type: 'Ready', status: 'False' },
      { type: 'DisruptionTarget', status: 'True', reason: 'Eviction' },
    ] as const;
    const pod = podOf(one, { foreignConditions: { 'shop/lb': 'False' } });
    const status = generate(runs, { pod, old: { ...EMPTY, conditions } });
    expect(typesOf(status)).toEqual(['DisruptionTarget', 'shop/lb', 'PodReadyToStartContainers', ...OWN]);
    expect(conditionOf(status, 'DisruptionTarget')?.reason).toBe('Eviction');
  });

  test('change to True once the containers run', () => {
    expect(generate(runs).conditions.map(({ status }) => status)).toEqual(Array(5).fill('True'));
    const gone = { ...runtimeOf(...runs), sandbox: { ...SANDBOX, ready: false } };
    expect(conditionOf(generate([], { runtime: gone }), 'PodReadyToStartContainers')?.status).toBe('False');
  });

  test('include the readiness gates in Ready', () => {
    const gated = { ...one, readinessGates: [{ conditionType: 'shop/lb' }] };
    const ready = (foreignConditions: StatusView['pod']['foreignConditions']) => {
      return conditionOf(generate(runs, { pod: podOf(gated, { foreignConditions }) }), 'Ready');
    };
    expect(ready({})).toMatchObject({ status: 'False', reason: 'ReadinessGatesNotReady' });
    expect(ready({ 'shop/lb': 'True' })).toMatchObject({ status: 'True' });
  });

  test('keep their time until their status changes', () => {
    const conditions = [
      { type: 'Ready', status: 'True', lastTransitionTime: s(3) },
      { type: 'ContainersReady', status: 'False', lastTransitionTime: s(3) },
    ] as const;
    const status = generate(runs, { old: { ...EMPTY, conditions } });
    expect(conditionOf(status, 'Ready')?.lastTransitionTime).toBe(s(3));
    expect(conditionOf(status, 'ContainersReady')?.lastTransitionTime).toBe(s(9));
  });
});

describe('phase of generateAPIPodStatus', () => {
  const over: PodStatus = { ...EMPTY, phase: 'Failed', reason: 'Evicted', message: 'low on memory' };

  test('stays terminal, with its reason', () => {
    expect(generate(runs, { old: over })).toMatchObject({ phase: 'Failed', reason: 'Evicted' });
    expect(generate(runs, { old: { ...EMPTY, phase: 'Succeeded' } }).phase).toBe('Succeeded');
  });

  test('drops its reason when it changes', () => {
    const old: PodStatus = { ...EMPTY, reason: 'Waiting', message: 'for a volume' };
    const status = generate(runs, { old });
    expect(status.phase).toBe('Running');
    expect(status).not.toHaveProperty('reason');
    expect(status).not.toHaveProperty('message');
    expect(generate([], { old })).toMatchObject({ phase: 'Pending', reason: 'Waiting', message: 'for a volume' });
  });

  test('becomes Failed with DeadlineExceeded after activeDeadlineSeconds', () => {
    expect(generate(runs, { pastActiveDeadline: true })).toMatchObject({
      phase: 'Failed',
      reason: 'DeadlineExceeded',
      message: 'Pod was active on the node longer than the specified deadline',
    });
  });

  test('becomes terminal under Always once the worker has stopped all containers', () => {
    expect(generate([exited('app', 0)]).phase).toBe('Running');
    expect(generate([exited('app', 0)], { podIsTerminal: true }).phase).toBe('Succeeded');
    expect(generate([exited('app', 143)], { podIsTerminal: true }).phase).toBe('Failed');
  });

  test('treats only containers of the current sandbox as proof of completed init', () => {
    const spec: Spec = { initContainers: [sidecar('proxy')], ...one };
    const updateStatus: StatusView['updateStatus'] = (status) => status;
    const phase = (sandboxId: string) => {
      const app = exited('app', 1, { sandboxId });
      return generate([app, instance('proxy', 'running')], { updateStatus }, spec).phase;
    };
    expect([phase('s'), phase('old')]).toEqual(['Running', 'Pending']);
  });
});

describe('generateAPIPodStatus', () => {
  test('keeps the start time and the QoS class', () => {
    const old: PodStatus = { ...EMPTY, startTime: s(1), qosClass: 'Burstable' };
    expect(generate(runs, { old })).toMatchObject({ startTime: s(1), qosClass: 'Burstable' });
  });

  test('keeps the last IP without a sandbox', () => {
    const old: PodStatus = { ...EMPTY, podIP: '10.0.0.9' };
    expect(generate(runs, { old }).podIP).toBe(SANDBOX.podIP);
    expect(generate([], { old, runtime: { instances: [], created: {} } }).podIP).toBe('10.0.0.9');
    expect(generate([], { runtime: { instances: [], created: {} } })).not.toHaveProperty('podIP');
  });

  test('keeps the published status of containers that the runtime has removed', () => {
    const containerStatuses = [statusOf('app', terminated(0), { restartCount: 3 })];
    const [app] = generate([], { old: { ...EMPTY, containerStatuses } }).containerStatuses;
    expect(app).toMatchObject({ restartCount: 3, state: terminated(0) });
  });
});

test('generateAPIPodStatus lists containers by name, and init containers like the spec', () => {
  const spec = { initContainers: [sidecar('proxy'), named('fetch')], containers: [named('web'), named('db')] };
  const { initContainerStatuses, containerStatuses } = generate([], {}, spec);
  expect(initContainerStatuses.map(({ name }) => name)).toEqual(['proxy', 'fetch']);
  expect(containerStatuses.map(({ name }) => name)).toEqual(['db', 'web']);
});

describe('generateAPIPodStatus during RestartAllContainers', () => {
  const exitCodes = { operator: 'In' as const, values: [42] };
  const rules = [{ action: 'RestartAllContainers' as const, exitCodes }];
  const spec: Spec = {
    containers: [named('app', { restartPolicy: 'Never', restartPolicyRules: rules }), named('log')],
  };
  const type = 'AllContainersRestarting';

  test('adds its condition last, and only for pods with such a rule', () => {
    const status = generate([exited('app', 42), instance('log', 'running')], {}, spec);
    expect(typesOf(status).at(-1)).toBe(type);
    expect(conditionOf(status, type)).toMatchObject({ status: 'True', reason: 'RestartAllContainersStarted' });
    expect(conditionOf(generate([exited('app', 1)], {}, spec), type)?.status).toBe('False');
    expect(conditionOf(generate(runs), type)).toBeUndefined();
  });

  test('publishes the removed containers as waiting in a Running pod', () => {
    const conditions = [{ type, status: 'True' }] as const;
    const containerStatuses = [statusOf('app', terminated(42)), statusOf('log', RUNNING)];
    const status = generate([], { old: { ...EMPTY, phase: 'Running', conditions, containerStatuses } }, spec);
    expect(status.phase).toBe('Running');
    const reasons = status.containerStatuses.map(({ state }) => state.waiting?.reason);
    expect(reasons).toEqual(['RestartingAllContainers', 'RestartingAllContainers']);
    expect(conditionOf(status, type)?.status).toBe('False');
  });
});
