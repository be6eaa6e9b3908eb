import { describe, expect, test } from '@jest/globals';
import { createPod, type PodState } from '../../../../src/kubelet';
import { type Effects, newEffects } from '../../../../src/kubelet/effects/effects';
import { cancelExecProbes, doProbe, onProbeAnswered, onProbeUnjudged } from '../../../../src/kubelet/prober/doProbe';
import { newWorker } from '../../../../src/kubelet/prober/worker';
import type { ProbeWorker } from '../../../../src/kubelet/state/probeWorker';
import type { ProbeOutcome } from '../../../../src/kubelet/state/protocol';
import { resultOf } from '../../../../src/kubelet/state/results';
import { applyDefaults } from '../../../../src/manifest/admission/defaults';
import type { Container, Probe } from '../../../../src/manifest/model';
import { s } from '../../../fidelity/kubelet/scenarios';

const FAILED: ProbeOutcome = { result: 'Failure', output: 'no' };
const ERRORED: ProbeOutcome = { result: 'Errored', state: 'unknown', output: 'no exec' };

/** Returns a pod with a liveness worker whose container runs and is started since 0s. */
function running(more: Partial<Probe> = {}): PodState {
  const probe = { exec: { command: ['true'] }, periodSeconds: 10, failureThreshold: 2, ...more };
  const { state } = createPod(
    applyDefaults({
      metadata: { name: 'web' },
      spec: { containers: [{ name: 'app', image: 'web:1', livenessProbe: probe }] },
    }),
  );
  const container = state.pod.spec.containers[0] as Container;
  const worker = newWorker(container, 'liveness', container.livenessProbe as Probe, s(0), false);
  const containerStatuses = [
    {
      name: 'app',
      image: 'web:1',
      containerID: 'c',
      restartCount: 0,
      ready: true,
      started: true,
      state: { running: { startedAt: s(0) } },
      lastState: {},
    },
  ];
  const status = { ...state.status, phase: 'Running' as const, containerStatuses };
  return { ...state, status, prober: { workers: [worker], results: {} } };
}

function workerOf({ prober }: Pick<PodState, 'prober'>): ProbeWorker {
  return prober.workers[0] as ProbeWorker;
}

/** Runs a tick of its worker, and returns the pod and the effects. */
function tick(
  state: PodState,
  at: number,
): { readonly state: PodState; readonly out: Effects; readonly update: unknown } {
  const out = newEffects(state, s(at));
  const { prober, update } = doProbe(state.prober, workerOf(state), state, out);
  return { state: { ...state, prober, nextRun: out.nextRun }, out, update };
}

function answer(state: PodState, outcome: ProbeOutcome, at: number) {
  const out = newEffects(state, s(at));
  const run = workerOf(state).inFlight?.run ?? 0;
  const probed = onProbeAnswered(state.prober, { run, outcome }, state, out);
  return { ...probed, state: { ...state, prober: probed.prober, nextRun: out.nextRun }, out };
}

describe('doProbe', () => {
  test('publishes Success at the first tick of a liveness probe, and runs it', () => {
    const { state, out, update } = tick(running(), 3);
    expect(update).toEqual({ type: 'liveness', id: 'c', result: 'Success' });
    expect(out.commands).toMatchObject([{ kind: 'RunProbe', run: 1, id: 'c', type: 'liveness' }]);
    expect(workerOf(state)).toMatchObject({ nextTickAt: s(10), inFlight: { run: 1, startedAt: s(3), tries: 1 } });
  });

  test('leaves the given state unchanged', () => {
    const before = running();
    const copy = structuredClone(before);
    tick(before, 3);
    expect(before).toEqual(copy);
  });

  test('runs no attempt before the initial delay is over', () => {
    const { state, out } = tick(running({ initialDelaySeconds: 20 }), 10);
    expect(out.commands).toEqual([]);
    expect(workerOf(state)).toMatchObject({ nextTickAt: s(20), inFlight: undefined });
  });
});

describe('onProbeAnswered', () => {
  test('publishes Failure at the threshold, then waits for another container', () => {
    const first = answer(tick(running(), 0).state, FAILED, 1);
    expect(first.update).toBeUndefined();
    const second = answer(tick(first.state, 10).state, FAILED, 11);
    expect(second.update).toEqual({ type: 'liveness', id: 'c', result: 'Failure' });
    expect(resultOf(second.prober.results, 'c', 'liveness')).toBe('Failure');
    expect(workerOf(second.state).onHold).toBe(true);
    expect(second.out.events).toMatchObject([
      { kind: 'ProbeFinished', run: 2, threshold: 2, tookMs: 1000 },
      { kind: 'Unhealthy', message: 'Liveness probe failed: no', fieldPath: 'spec.containers{app}' },
    ]);
  });

  test('repeats an errored attempt twice, and measures the time from the first', () => {
    const second = answer(tick(running(), 0).state, ERRORED, 1);
    expect(second.out).toMatchObject({ commands: [{ kind: 'RunProbe', run: 2 }], events: [] });
    const third = answer(second.state, ERRORED, 2);
    const last = answer(third.state, ERRORED, 3);
    expect(last.out.commands).toEqual([]);
    expect(last.out.events[0]).toMatchObject({ kind: 'ProbeFinished', result: 'Errored', tookMs: 3000 });
    expect(last.update).toBeUndefined();
  });

  test('keeps one of the ticks that were missed during an attempt', () => {
    const { state } = answer(tick(running({ timeoutSeconds: 60 }), 0).state, FAILED, 35);
    expect(workerOf(state)).toMatchObject({ tickKept: true, nextTickAt: s(40) });
  });

  test('returns the reason of a failure as data', () => {
    const refused = { ...FAILED, failure: { kind: 'refused' } } as const;
    expect(answer(tick(running(), 0).state, refused, 1).out.events[0]).toMatchObject({
      kind: 'ProbeFinished',
      failure: { kind: 'refused' },
    });
    expect(answer(tick(running(), 0).state, FAILED, 1).out.events[0]).not.toHaveProperty('failure');
  });

  test('ignores the response to an attempt that no worker waits for', () => {
    const { state } = tick(running(), 0);
    const out = newEffects(state, s(1));
    expect(onProbeAnswered(state.prober, { run: 99, outcome: FAILED }, state, out)).toEqual({ prober: state.prober });
    expect(out.events).toEqual([]);
  });
});

test('resets the failure count after an unjudged attempt', () => {
  const failed = answer(tick(running(), 0).state, FAILED, 1).state;
  const { state } = tick(failed, 10);
  const left = onProbeUnjudged(state.prober, workerOf(state).inFlight?.run ?? 0, s(11));
  expect(workerOf({ prober: left })).toMatchObject({ resultRun: 0, lastResult: undefined, inFlight: undefined });
});

describe('cancelExecProbes', () => {
  test('ends a running exec probe of a deleted pod as errored, and publishes nothing', () => {
    const { state } = tick(running(), 0);
    const deletion = { deletionTimestamp: s(30), deletionGracePeriodSeconds: 30 };
    const pod = { ...state.pod, deletion };
    const out = newEffects(state, s(2));
    const behavior = { ...state.behavior, deletionCancelsExecProbes: true };
    const prober = cancelExecProbes(state.prober, { pod, behavior }, out);
    expect(workerOf({ prober }).inFlight).toBeUndefined();
    expect(prober.results).toEqual(state.prober.results);
    expect(out.events).toMatchObject([
      { kind: 'ProbeFinished', result: 'Errored', tookMs: 2000 },
      { kind: 'Unhealthy' },
    ]);
  });

  test('starts no further exec probe of a deleted pod', () => {
    const state = running();
    const deletion = { deletionTimestamp: s(30), deletionGracePeriodSeconds: 30 };
    const behavior = { ...state.behavior, deletionCancelsExecProbes: true };
    const { out } = tick({ ...state, pod: { ...state.pod, deletion }, behavior }, 0);
    expect(out.commands).toEqual([]);
  });

  test('keeps the probes of a pod that is not deleted', () => {
    const { state } = tick(running(), 0);
    expect(cancelExecProbes(state.prober, state, newEffects(state, s(2)))).toBe(state.prober);
  });
});
