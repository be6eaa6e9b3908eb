import { describe, expect, test } from '@jest/globals';
import { hasWorker, type ProberState, removeWorker, replaceWorker } from '../../../../src/kubelet/state/proberState';
import type { ProbeWorker } from '../../../../src/kubelet/state/probeWorker';
import type { ProbeType } from '../../../../src/timeline/event';

const workerOf = (name: string, type: ProbeType, more: Partial<ProbeWorker> = {}) =>
  ({ container: { name }, type, containerID: name, ...more }) as ProbeWorker;

const liveness = workerOf('app', 'liveness');
const readiness = workerOf('app', 'readiness');
const PROBER: ProberState = {
  workers: [liveness, readiness],
  results: { app: { liveness: 'Success', readiness: 'Failure' } },
};

describe('hasWorker', () => {
  test('distinguishes the probes of a container by type', () => {
    expect(hasWorker(PROBER, 'app', 'readiness')).toBe(true);
    expect(hasWorker(PROBER, 'app', 'startup')).toBe(false);
    expect(hasWorker(PROBER, 'log', 'readiness')).toBe(false);
  });
});

describe('replaceWorker', () => {
  test('replaces the worker of this container and type in its position', () => {
    const { workers } = replaceWorker(PROBER, liveness, { ...liveness, onHold: true });
    expect(workers).toEqual([{ ...liveness, onHold: true }, readiness]);
  });
});

/** Source: prober/worker.go `run`, which removes the result with the worker. */
describe('removeWorker', () => {
  test('removes the result of the worker, and keeps the results of others', () => {
    expect(removeWorker(PROBER, readiness)).toEqual({ workers: [liveness], results: { app: { liveness: 'Success' } } });
  });

  test('keeps every result if the worker never observed an instance', () => {
    const early = workerOf('app', 'startup', { containerID: undefined } as object);
    const { results } = removeWorker({ ...PROBER, workers: [...PROBER.workers, early] }, early);
    expect(results).toEqual(PROBER.results);
  });
});
