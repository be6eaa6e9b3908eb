import { after, CREATED } from '../../../src/clock/instant';
import { Simulation } from '../../../src/pod/simulated/simulation';
import type { Timeline } from '../../../src/timeline/timeline';
import type { Life } from '../kubelet/randomPods';

/** The pods are always the same, because a pod that crashes at every instant takes minutes to check. */
export const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);
const LIFE_MS = 300_000;

/** Simulates a pod, which may be deleted after a time. */
export function playLife({ pod, app }: Life, deletedAfterSeconds?: number): Timeline {
  const simulation = new Simulation(pod, app);
  simulation.advance(after(CREATED, deletedAfterSeconds === undefined ? LIFE_MS : deletedAfterSeconds * 1000));
  if (deletedAfterSeconds === undefined) return simulation.timeline;
  simulation.observe({ kind: 'DeleteRequested' });
  simulation.advance(after(simulation.now, LIFE_MS));
  return simulation.timeline;
}
