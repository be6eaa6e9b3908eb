import { describe, expect, test } from '@jest/globals';
import { createPod, type PodState } from '../../../../src/kubelet';
import { newEffects } from '../../../../src/kubelet/effects/effects';
import { syncPod, syncTerminatingPod } from '../../../../src/kubelet/podWorkers/syncPod';
import type { Action } from '../../../../src/kubelet/state/pass';
import { type Instance, NOTHING_RUNS } from '../../../../src/kubelet/state/runtimeState';
import { s } from '../../../fidelity/kubelet/scenarios';
import { DELETION, exited, instance, named, podOf, runtimeOf, SANDBOX, sidecar } from '../pods';

type Spec = Parameters<typeof podOf>[0];

const probe = { exec: { command: ['check'] } };
const one: Spec = { containers: [named('app')] };

function podWith(spec: Spec, instances: readonly Instance[], more: Partial<PodState> = {}): PodState {
  const { state } = createPod(podOf(spec), { kubernetesVersion: '1.36' });
  return { ...state, runtime: runtimeOf(...instances), ...more };
}

/** Formats an action and its container: `StartContainer app`. */
function words(action: Action): string {
  switch (action.kind) {
    case 'StartContainer':
      return `${action.kind} ${action.container.name}${action.init ? ' (init)' : ''}`;
    case 'KillContainers':
      return `${action.kind} ${action.orders.map(({ id }) => id).join(' ')}`;
    case 'RemoveContainers':
      return `${action.kind} ${action.ids.join(' ')}`;
    case 'CreateSandbox':
      return `${action.kind} ${action.attempt}`;
    case 'StopSandbox':
      return action.kind;
  }
}

function sync(before: PodState) {
  const out = newEffects(before, s(5));
  const { state, todo } = syncPod(before, out);
  return { state, todo, actions: todo?.map(words), kinds: out.events.map(({ kind }) => kind) };
}

describe('syncPod', () => {
  test('publishes the status before it decides', () => {
    const { state, actions, kinds } = sync(podWith(one, [exited('app', 1)]));
    expect(kinds).toEqual(['StatusPublished']);
    expect(state.status.containerStatuses).toMatchObject([{ state: { terminated: { exitCode: 1 } } }]);
    expect(actions).toEqual(['StartContainer app']);
  });

  test('creates the probe workers before any container starts', () => {
    const spec: Spec = { containers: [named('app', { livenessProbe: probe, startupProbe: probe })] };
    const { state, actions } = sync(podWith(spec, [], { runtime: NOTHING_RUNS }));
    expect(state.prober.workers.map(({ type }) => type)).toEqual(['startup', 'liveness']);
    expect(actions).toEqual(['CreateSandbox 0', 'StartContainer app']);
  });

  test('kills containers first, then starts init containers before regular ones', () => {
    const spec: Spec = { initContainers: [sidecar('proxy')], containers: [named('app', { livenessProbe: probe })] };
    const prober = { workers: [], results: { app: { liveness: 'Failure' } } } as const;
    const { actions } = sync(podWith(spec, [instance('app', 'running'), exited('proxy', 1)], { prober }));
    expect(actions).toEqual(['KillContainers app', 'StartContainer proxy (init)', 'StartContainer app']);
  });

  test('kills containers one after another', () => {
    const spec: Spec = { containers: [named('app', { livenessProbe: probe }), named('log', { livenessProbe: probe })] };
    const prober = { workers: [], results: { app: { liveness: 'Failure' }, log: { liveness: 'Failure' } } } as const;
    const { todo, actions } = sync(podWith(spec, [instance('app', 'running'), instance('log', 'running')], { prober }));
    expect(actions?.slice(0, 2)).toEqual(['KillContainers app', 'KillContainers log']);
    expect(todo?.[0]).toMatchObject({ wholePod: false, orders: [{ reason: 'livenessProbe' }] });
  });

  test('stops all containers and removes init containers if the sandbox is lost', () => {
    const spec: Spec = { initContainers: [named('setup')], ...one };
    const sandbox = { ...SANDBOX, ready: false, attempt: 1 };
    const runtime = { ...runtimeOf(instance('app', 'running'), exited('setup', 0)), sandbox };
    const { actions, kinds } = sync(podWith(spec, [], { runtime }));
    expect(actions).toEqual([
      'KillContainers app',
      'RemoveContainers setup',
      'CreateSandbox 2',
      'StartContainer setup (init)',
    ]);
    expect(kinds).toContain('SandboxChanged');
  });

  test('stops the pod if liveness fails under Never and no other container runs', () => {
    const spec: Spec = { containers: [named('app', { livenessProbe: probe })], restartPolicy: 'Never' };
    const prober = { workers: [], results: { app: { liveness: 'Failure' } } } as const;
    const { todo, actions } = sync(podWith(spec, [instance('app', 'running')], { prober }));
    expect(actions).toEqual(['KillContainers app', 'StopSandbox']);
    // The reason is not a probe, so the grace period of the pod applies.
    expect(todo?.[0]).toMatchObject({ wholePod: true, orders: [{ reason: 'unknown' }] });
  });

  test('returns no action for a pod that is over or being deleted', () => {
    expect(sync(podWith({ ...one, restartPolicy: 'Never' }, [exited('app', 0)])).todo).toBeUndefined();
    const deleted = podWith({ containers: [named('app', { livenessProbe: probe })] }, [exited('app', 0)]);
    const { state, todo } = sync({ ...deleted, pod: { ...deleted.pod, deletion: DELETION } });
    expect(todo).toBeUndefined();
    expect(state.prober.workers).toEqual([]);
  });
});

describe('syncPod with RestartAllContainers', () => {
  const exitCodes = { operator: 'In' as const, values: [42] };
  const rules = [{ action: 'RestartAllContainers' as const, exitCodes }];
  const app = named('app', { restartPolicy: 'Never', restartPolicyRules: rules });
  const spec: Spec = { initContainers: [named('setup')], containers: [app, named('log')] };
  const instances = [exited('app', 42), instance('log', 'running'), exited('setup', 0)];

  test('kills running containers without hooks, and removes every container', () => {
    const { todo, actions } = sync(podWith(spec, instances));
    expect(actions).toEqual(['KillContainers log', 'RemoveContainers app log setup']);
    expect(todo?.[0]).toMatchObject({ gracePeriodSecondsOverride: 0, orders: [{ message: 'killing' }] });
  });

  test('starts with init containers once every container is removed', () => {
    const { state } = sync(podWith(spec, instances));
    expect(sync({ ...state, runtime: runtimeOf() }).actions).toEqual(['StartContainer setup (init)']);
  });
});

describe('syncTerminatingPod', () => {
  const spec: Spec = {
    initContainers: [sidecar('proxy', { livenessProbe: probe })],
    containers: [named('app', { livenessProbe: probe, readinessProbe: probe, startupProbe: probe })],
    terminationGracePeriodSeconds: 20,
  };
  const running = [instance('app', 'running'), instance('proxy', 'running')];

  function terminate(before: PodState, deletionGracePeriodSeconds?: number) {
    const deletion = deletionGracePeriodSeconds !== undefined && { ...DELETION, deletionGracePeriodSeconds };
    const out = newEffects(before, s(5));
    const { state, todo } = syncTerminatingPod(
      { ...before, pod: { ...before.pod, ...(deletion && { deletion }) } },
      out,
    );
    return { state, todo, actions: todo.map(words), commands: out.commands };
  }

  test('stops all containers in parallel, then the sandbox', () => {
    const { todo, actions } = terminate(podWith(spec, running), 30);
    expect(actions).toEqual(['KillContainers proxy app', 'StopSandbox']);
    expect(todo[0]).toMatchObject({ wholePod: true, gracePeriodSecondsOverride: 30 });
  });

  test.each([
    [30, 30],
    [1, 1],
    [0, 1],
  ])('stops a deleted pod with %i s in %i s', (asked, granted) => {
    expect(terminate(podWith(spec, running), asked).todo[0]).toMatchObject({ gracePeriodSecondsOverride: granted });
  });

  test('uses its own grace period for a pod that is over', () => {
    expect(terminate(podWith(spec, running)).todo[0]).toMatchObject({ gracePeriodSecondsOverride: 20 });
  });

  test('stops liveness and startup workers except those of sidecars, and keeps readiness', () => {
    const { state: probed } = sync(podWith(spec, running));
    const { prober } = terminate(probed, 30).state;
    const left = prober.workers.map(({ container, type }) => `${container.name}/${type}`);
    expect(left).toEqual(['app/readiness', 'proxy/liveness']);
  });

  test('publishes Running until its containers have stopped', () => {
    expect(terminate(podWith(spec, running), 30).state.status.phase).toBe('Running');
  });

  test('returns no action for a pod without containers and a sandbox', () => {
    expect(terminate(podWith(spec, [], { runtime: NOTHING_RUNS }), 30).todo).toEqual([]);
  });
});
