import { describe, expect, test } from '@jest/globals';
import { NEVER } from '../../../../src/clock/instant';
import { behaviorOf, createPod, NODE, type PodState } from '../../../../src/kubelet';
import { newEffects } from '../../../../src/kubelet/effects/effects';
import {
  activeDeadlineAt,
  generateStatus,
  knownRuntime,
  publishStatus,
  publishStopped,
} from '../../../../src/kubelet/podWorkers/publishStatus';
import { newWorker } from '../../../../src/kubelet/prober/worker';
import type { Instance } from '../../../../src/kubelet/state/runtimeState';
import type { Container, Probe } from '../../../../src/manifest/model';
import { s } from '../../../fidelity/kubelet/scenarios';
import { exited, instance, named, podOf, runtimeOf } from '../pods';

type Spec = Parameters<typeof podOf>[0];

const one: Spec = { containers: [named('app')] };

/** Returns a pod with these instances, on a kubelet without delays. */
function podWith(spec: Spec, instances: readonly Instance[], more: Partial<PodState> = {}): PodState {
  return { ...createPod(podOf(spec)).state, runtime: runtimeOf(...instances), ...more };
}

function publish(before: PodState, at = 5, stopped = false) {
  const out = newEffects(before, s(at));
  return { state: stopped ? publishStopped(before, out) : publishStatus(before, out), out };
}

describe('publishStatus', () => {
  test('publishes a changed status once', () => {
    const { state, out } = publish(podWith(one, [instance('app', 'running', { startedAt: s(2) })]));
    expect(state).toMatchObject({ isOver: false, status: { phase: 'Running' } });
    expect(out.events).toMatchObject([{ kind: 'StatusPublished', at: s(5), status: { phase: 'Running' } }]);
    expect(publish(state, 6).out.events).toEqual([]);
  });

  test('marks the pod as over, but publishes its phase only after all containers stopped', () => {
    const never = podWith({ ...one, restartPolicy: 'Never' }, [instance('app', 'running')]);
    const running = publish(never).state;
    const exit = { ...running, runtime: runtimeOf(exited('app', 1)) };
    const { state } = publish(exit, 6);
    expect(state).toMatchObject({ isOver: true, status: { phase: 'Running' } });
    expect(state.status.containerStatuses).toMatchObject([{ state: { terminated: { exitCode: 1 } } }]);
    expect(publish(state, 7, true).state.status.phase).toBe('Failed');
  });

  test('records DeadlineExceeded at each sync after activeDeadlineSeconds', () => {
    const before = podWith({ ...one, activeDeadlineSeconds: 5 }, [instance('app', 'running')]);
    expect(publish(before, 4.999).out.events.map(({ kind }) => kind)).toEqual(['StatusPublished']);
    const first = publish(before, 5);
    const message = 'Pod was active on the node longer than the specified deadline';
    expect(first.out.events[0]).toMatchObject({ kind: 'DeadlineExceeded', type: 'Normal', message });
    expect(first.state.isOver).toBe(true);
    expect(publish(first.state, 6).out.events.map(({ kind }) => kind)).toEqual(['DeadlineExceeded']);
  });
});

describe('publishStopped', () => {
  const stopped = [exited('app', 0)];

  test('publishes a terminal phase since 1.27, even under Always', () => {
    expect(publish(podWith(one, stopped), 5, true).state.status.phase).toBe('Succeeded');
    expect(publish(podWith(one, [exited('app', 143)]), 5, true).state.status.phase).toBe('Failed');
    const before127 = podWith(one, stopped, { behavior: behaviorOf('1.26') });
    const { state, out } = publish(before127, 5, true);
    expect(state.status).toBe(before127.status);
    expect(out.events).toEqual([]);
  });

  test('relists the runtime first', () => {
    const { state } = publish(podWith(one, stopped), 5, true);
    expect(state.sync.relisted).toBe(state.runtime);
  });
});

describe('generateStatus', () => {
  const readinessProbe = { exec: { command: ['check'] } };
  const { spec } = podOf({ containers: [named('app', { readinessProbe }), named('log')] });
  const app = spec.containers[0] as Container;
  const worker = newWorker(app, 'readiness', app.readinessProbe as Probe, s(9), false);
  const both = [instance('app', 'running'), instance('log', 'running')];

  function generate(result?: 'Success' | 'Failure', instances = both) {
    const results = result ? { app: { readiness: result } } : {};
    const before = podWith(spec, instances, { prober: { workers: [worker], results } });
    const { status, prober } = generateStatus(before, false, newEffects(before, s(5)));
    return { ready: status.containerStatuses.map(({ ready }) => ready), poked: prober.workers[0]?.poked };
  }

  test('triggers the readiness probe of a started container that is not ready', () => {
    expect(generate('Failure')).toEqual({ ready: [false, true], poked: true });
    expect(generate()).toEqual({ ready: [false, true], poked: true });
  });

  test('triggers no probe of a container that is ready or has exited', () => {
    expect(generate('Success')).toEqual({ ready: [true, true], poked: false });
    expect(generate('Failure', [exited('app', 1), instance('log', 'running')]).poked).toBe(false);
  });
});

test('knownRuntime is the last relist on a node, and the current state without delays', () => {
  const ideal = podWith(one, [instance('app', 'running')]);
  expect(knownRuntime(ideal)).toBe(ideal.runtime);
  const node = { ...ideal, config: { ...ideal.config, profile: NODE } };
  expect(knownRuntime(node)).toBe(node.sync.relisted);
});

test('activeDeadlineAt counts from startTime, and is never without a deadline', () => {
  const limited = podWith({ ...one, activeDeadlineSeconds: 30 }, []);
  expect(activeDeadlineAt({ ...limited, status: { ...limited.status, startTime: s(4) } })).toBe(s(34));
  const { startTime: _, ...unstarted } = limited.status;
  expect(activeDeadlineAt({ ...limited, status: unstarted })).toBe(NEVER);
  expect(activeDeadlineAt(podWith(one, []))).toBe(NEVER);
});
