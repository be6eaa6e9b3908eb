import { describe, expect, test } from '@jest/globals';
import { CREATED } from '../../../../src/clock/instant';
import { behaviorOf } from '../../../../src/kubelet';
import {
  beginTick,
  countedResult,
  isTriedAgain,
  newWorker,
  nextTickAfter,
  recordResult,
  type WorkerView,
} from '../../../../src/kubelet/prober/worker';
import type { ProbeWorker } from '../../../../src/kubelet/state/probeWorker';
import type { ProbeOutcome } from '../../../../src/kubelet/state/protocol';
import type { Container, Probe, RestartPolicy } from '../../../../src/manifest/model';
import type { ProbeType } from '../../../../src/timeline/event';
import type { ContainerStatus, PodStatus } from '../../../../src/timeline/podStatus';
import { s } from '../../../fidelity/kubelet/scenarios';
import { named, podOf, RUNNING, sidecar, statusOf, terminated, WAITING } from '../pods';

const SUCCESS: ProbeOutcome = { result: 'Success', output: '' };
const FAILURE: ProbeOutcome = { result: 'Failure', output: 'no' };
const ERRORED: ProbeOutcome = { result: 'Errored', state: 'unknown', output: 'no exec' };

const started = { ready: true, started: true };
const EMPTY: PodStatus = { phase: 'Running', conditions: [], initContainerStatuses: [], containerStatuses: [] };

function workerOf(type: ProbeType, more: Partial<ProbeWorker> = {}, probe: Partial<Probe> = {}): ProbeWorker {
  const written = { exec: { command: ['check'] }, periodSeconds: 10, failureThreshold: 3, ...probe };
  const { spec } = podOf({ containers: [named('app', { [`${type}Probe`]: written })] });
  const container = spec.containers[0] as Container;
  const own = container[`${type}Probe`] as Probe;
  return { ...newWorker(container, type, own, CREATED, false), ...more };
}

function viewOf(status: Partial<PodStatus> | undefined, more: Partial<WorkerView> = {}): WorkerView {
  return {
    pod: podOf({ containers: [named('app')] }),
    status: status && { ...EMPTY, ...status },
    isOver: false,
    behavior: behaviorOf('1.36'),
    kubeletStartedAt: Number.NEGATIVE_INFINITY as WorkerView['kubeletStartedAt'],
    ...more,
  };
}

const viewOfApp = (app: ContainerStatus, more: Partial<WorkerView> = {}) => viewOf({ containerStatuses: [app] }, more);

/** Status of the app, which runs since 1s. */
const running = (more: Partial<ContainerStatus> = {}) => statusOf('app', RUNNING, { ...started, ...more });

describe('beginTick', () => {
  test('waits until the API shows a container with an ID', () => {
    const worker = workerOf('liveness');
    const { containerID: _, ...creating } = statusOf('app', WAITING);
    for (const view of [viewOf(undefined), viewOf({}), viewOfApp(creating)]) {
      expect(beginTick(worker, view, s(5))).toEqual({ next: 'wait', worker });
    }
  });

  test('ends the worker if the pod is over', () => {
    const worker = workerOf('readiness', { containerID: 'app' });
    for (const phase of ['Succeeded', 'Failed'] as const) {
      expect(beginTick(worker, viewOf({ phase, containerStatuses: [running()] }), s(5)).next).toBe('end');
    }
    expect(beginTick(worker, viewOfApp(running(), { isOver: true }), s(5)).next).toBe('end');
  });

  test.each<[ProbeType, string]>([
    ['readiness', 'Failure'],
    ['liveness', 'Success'],
    ['startup', 'Unknown'],
  ])('publishes for %s %s first, once per container', (type, initial) => {
    const first = beginTick(workerOf(type), viewOfApp(running()), s(5));
    expect(first).toMatchObject({ publish: initial, worker: { containerID: 'app' } });
    expect(first).not.toHaveProperty('drop');
    expect(beginTick(first.worker, viewOfApp(running()), s(15))).not.toHaveProperty('publish');
  });

  test('drops the result of the previous container, and keeps the run counter', () => {
    const counted = { containerID: 'first', lastResult: 'Failure', resultRun: 2, onHold: true } as const;
    const turn = beginTick(workerOf('liveness', counted), viewOfApp(running()), s(5));
    expect(turn).toMatchObject({ next: 'probe', drop: 'first', publish: 'Success' });
    expect(turn.worker).toMatchObject({ containerID: 'app', lastResult: 'Failure', resultRun: 2, onHold: false });
  });

  test('runs no attempt while the worker is on hold', () => {
    const worker = workerOf('liveness', { containerID: 'app', onHold: true });
    expect(beginTick(worker, viewOfApp(running()), s(50))).toEqual({ next: 'wait', worker });
  });

  test('measures initialDelaySeconds from the published start in whole seconds', () => {
    const worker = workerOf('liveness', { containerID: 'app' }, { initialDelaySeconds: 4 });
    expect(beginTick(worker, viewOfApp(running()), s(4.999)).next).toBe('wait');
    expect(beginTick(worker, viewOfApp(running()), s(5)).next).toBe('probe');
  });

  test('runs liveness and readiness only after the start, and startup only before it', () => {
    const turn = (type: ProbeType, isStarted: boolean) => {
      return beginTick(workerOf(type, { containerID: 'app' }), viewOfApp(running({ started: isStarted })), s(5)).next;
    };
    const types = ['startup', 'liveness', 'readiness'] as const;
    expect(types.map((type) => turn(type, false))).toEqual(['probe', 'wait', 'wait']);
    expect(types.map((type) => turn(type, true))).toEqual(['wait', 'probe', 'probe']);
  });

  test('publishes Success and ends for a deleted pod, except for readiness', () => {
    const turn = (type: ProbeType) => {
      return beginTick(workerOf(type, { containerID: 'app', madeWhileDeleting: true }), viewOfApp(running()), s(5));
    };
    expect(turn('liveness')).toMatchObject({ next: 'end', publish: 'Success' });
    expect(turn('startup')).toMatchObject({ next: 'end', publish: 'Success' });
    expect(turn('readiness')).toMatchObject({ next: 'probe' });
  });
});

describe('beginTick for a container that does not run', () => {
  const turn = (app: ContainerStatus, restartPolicy: RestartPolicy, version = '1.36') => {
    const pod = podOf({ containers: [named('app')], restartPolicy });
    const view = viewOfApp(app, { pod, behavior: behaviorOf(version) });
    return beginTick(workerOf('readiness', { containerID: 'app' }), view, s(5));
  };

  test('publishes Failure, and waits for a container that can run again', () => {
    expect(turn(statusOf('app', WAITING), 'Never')).toMatchObject({ next: 'wait', publish: 'Failure' });
  });

  test.each<['end' | 'wait', RestartPolicy, number, 'end' | 'wait']>([
    ['wait', 'Always', 0, 'wait'],
    ['wait', 'Always', 1, 'wait'],
    ['end', 'OnFailure', 0, 'wait'],
    ['wait', 'OnFailure', 1, 'wait'],
    ['end', 'Never', 0, 'end'],
    ['end', 'Never', 1, 'end'],
  ])('performs %s under %s after exit code %i since 1.35, and before it %s', (now, policy, exitCode, before) => {
    const app = statusOf('app', terminated(exitCode));
    expect(turn(app, policy)).toMatchObject({ next: now, publish: 'Failure' });
    expect(turn(app, policy, '1.34')).toMatchObject({ next: before, publish: 'Failure' });
  });

  test('waits for a sidecar under every policy', () => {
    const pod = podOf({ initContainers: [sidecar('app')], containers: [named('web')], restartPolicy: 'Never' });
    const worker = workerOf('readiness', { containerID: 'app', container: pod.spec.initContainers[0] as Container });
    const initContainerStatuses = [statusOf('app', terminated(0))];
    for (const version of ['1.34', '1.36']) {
      const view = viewOf({ initContainerStatuses }, { pod, behavior: behaviorOf(version) });
      expect(beginTick(worker, view, s(5))).toMatchObject({ next: 'wait', publish: 'Failure' });
    }
  });
});

describe('beginTick after a kubelet restart', () => {
  const restarted = (version: string, at: number) => ({ behavior: behaviorOf(version), kubeletStartedAt: s(at) });

  test('publishes nothing since 1.35 for a container that ran 10s before the kubelet', () => {
    const worker = workerOf('readiness');
    expect(beginTick(worker, viewOfApp(running(), restarted('1.35', 12)), s(12)).publish).toBeUndefined();
    expect(beginTick(worker, viewOfApp(running(), restarted('1.35', 11)), s(12)).publish).toBe('Failure');
    expect(beginTick(worker, viewOfApp(running(), restarted('1.34', 12)), s(12)).publish).toBe('Failure');
  });

  test('publishes Success for the startup probe of a started sidecar', () => {
    const { spec } = podOf({ initContainers: [sidecar('app')], containers: [named('web')] });
    const worker = workerOf('startup', { container: spec.initContainers[0] as Container });
    const view = viewOf({ initContainerStatuses: [running()] }, restarted('1.36', 30));
    expect(beginTick(worker, view, s(30)).publish).toBe('Success');
    expect(beginTick(workerOf('startup'), viewOfApp(running(), restarted('1.36', 30)), s(30)).publish).toBeUndefined();
  });
});

/** Returns the published result after each outcome, and the worker after the last one. */
function count(worker: ProbeWorker, outcomes: readonly ProbeOutcome[], version = '1.36') {
  let last = worker;
  const published = outcomes.map((outcome) => {
    const recorded = recordResult(last, outcome, behaviorOf(version));
    last = recorded.worker;
    return recorded.publish;
  });
  return { published, worker: last };
}

describe('recordResult', () => {
  test('publishes Failure at failureThreshold, and at each later failure', () => {
    const failures = [FAILURE, FAILURE, FAILURE, FAILURE];
    expect(count(workerOf('readiness'), failures).published).toEqual([undefined, undefined, 'Failure', 'Failure']);
  });

  test('publishes Success at successThreshold', () => {
    const worker = workerOf('readiness', {}, { successThreshold: 2 });
    expect(count(worker, [SUCCESS, SUCCESS]).published).toEqual([undefined, 'Success']);
  });

  test('resets the count if the result changes', () => {
    const { published, worker } = count(workerOf('liveness'), [FAILURE, FAILURE, SUCCESS, FAILURE, FAILURE]);
    expect(published).toEqual([undefined, undefined, 'Success', undefined, undefined]);
    expect(worker).toMatchObject({ lastResult: 'Failure', resultRun: 2 });
  });

  test('keeps the count after an error, and publishes nothing', () => {
    const { published } = count(workerOf('liveness'), [FAILURE, FAILURE, ERRORED, FAILURE]);
    expect(published).toEqual([undefined, undefined, undefined, 'Failure']);
    const inFlight = { run: 1, startedAt: s(1), tries: 3 };
    const errored = recordResult(workerOf('liveness', { inFlight }), ERRORED, behaviorOf('1.36'));
    expect(errored.worker.inFlight).toBeUndefined();
  });

  test('puts liveness on hold at Failure and resets the counter, but never readiness', () => {
    const failures = [FAILURE, FAILURE, FAILURE];
    expect(count(workerOf('liveness'), failures).worker).toMatchObject({ onHold: true, resultRun: 0 });
    expect(count(workerOf('liveness'), [SUCCESS]).worker).toMatchObject({ onHold: false, resultRun: 1 });
    expect(count(workerOf('readiness'), failures).worker).toMatchObject({ onHold: false, resultRun: 3 });
  });

  test('puts startup on hold at Failure, and since 1.32 at Success', () => {
    const failures = [FAILURE, FAILURE, FAILURE];
    expect(count(workerOf('startup'), failures, '1.31').worker).toMatchObject({ onHold: true, resultRun: 0 });
    expect(count(workerOf('startup'), [SUCCESS], '1.31').worker.onHold).toBe(false);
    expect(count(workerOf('startup'), [SUCCESS], '1.32').worker).toMatchObject({ onHold: true, resultRun: 0 });
  });

  test('keeps the failure count of a crashed container for the next one', () => {
    const before = count(workerOf('liveness', { containerID: 'first' }), [FAILURE, FAILURE]).worker;
    const { worker } = beginTick(before, viewOfApp(running()), s(5));
    expect(count(worker, [FAILURE]).published).toEqual(['Failure']);
  });
});

test.each<[ProbeOutcome['result'], string | undefined]>([
  ['Success', 'Success'],
  ['Warning', 'Success'],
  ['Failure', 'Failure'],
  ['Unknown', 'Failure'],
  ['Errored', undefined],
])('countedResult counts %s as %s', (result, counted) => {
  expect(countedResult({ result, output: '', state: 'unknown' } as ProbeOutcome)).toBe(counted);
});

test('isTriedAgain allows three attempts in all, and only after an error', () => {
  const attempts = [1, 2, 3].map((tries) => ({ run: 1, startedAt: s(1), tries }));
  expect(attempts.map((inFlight) => isTriedAgain(inFlight, ERRORED))).toEqual([true, true, false]);
  expect(attempts.map((inFlight) => isTriedAgain(inFlight, FAILURE))).toEqual([false, false, false]);
});

test('nextTickAfter keeps the phase of the ticker, even if ticks are lost', () => {
  const worker = workerOf('liveness', { nextTickAt: s(3) });
  expect([s(2), s(3), s(12.9), s(13), s(47)].map((at) => nextTickAfter(worker, at))).toEqual([
    s(3),
    s(13),
    s(13),
    s(23),
    s(53),
  ]);
});
