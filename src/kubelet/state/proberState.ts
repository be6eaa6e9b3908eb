import type { ProbeType } from '../../timeline/event';
import type { ProbeWorker } from './probeWorker';
import { type PublishedResult, type Results, withoutResult } from './results';

/** The probes of a pod. */
export interface ProberState {
  /** Workers, one per probe, in the order in which they were made. */
  readonly workers: readonly ProbeWorker[];
  /** Results that the workers have published. */
  readonly results: Results;
}

export const NOTHING_PROBED: ProberState = { workers: [], results: {} };

/** A published result that is another one than before. Source: prober/results/results_manager.go `Update`. */
export interface ProbeUpdate {
  readonly type: ProbeType;
  readonly id: string;
  readonly result: PublishedResult;
}

export function hasWorker({ workers }: Pick<ProberState, 'workers'>, name: string, type: ProbeType): boolean {
  return workers.some((worker) => worker.container.name === name && worker.type === type);
}

export function replaceWorker(prober: ProberState, old: ProbeWorker, worker: ProbeWorker): ProberState {
  return { ...prober, workers: prober.workers.map((each) => (isSame(each, old) ? worker : each)) };
}

/** Removes a worker with its result. */
export function removeWorker({ workers, results }: ProberState, worker: ProbeWorker): ProberState {
  const containerID = workers.find((each) => isSame(each, worker))?.containerID;
  return {
    workers: workers.filter((each) => !isSame(each, worker)),
    results: containerID === undefined ? results : withoutResult(results, containerID, worker.type),
  };
}

function isSame(a: ProbeWorker, b: ProbeWorker): boolean {
  return a.container.name === b.container.name && a.type === b.type;
}
