import { expect } from '@jest/globals';
import type { PodRun, Timeline } from 'jest-kubelet';
import { decisionsOf, isSameOrder, lines } from './order';
import { replay } from './replay';

/**
 * The maximum difference of a simulation, whose machine is never busy, and in which a SIGKILL, the news of an exit and
 * a TCP connection take no time. A kubelet that checks its runtime once a second also keeps no order within that
 * second.
 */
const LAG_MS = 1_000;

/**
 * Expects of a pod that has run on containers that the kubelet decides the same in a simulation with the measured app:
 * the same events of each container, in the same order, except for what `decisionsOf` marks as late. Events of different
 * containers, and readiness results, may change places within `LAG_MS`.
 */
export async function expectSameOrderInSimulation(run: PodRun): Promise<void> {
  const { simulated, endsAt } = await replay(run, LAG_MS);
  const livesOn = run.timeline.of('PodRemoved').length === 0;
  const of = (timeline: Timeline, end: number) =>
    decisionsOf(timeline, LAG_MS, livesOn ? end - LAG_MS : Number.POSITIVE_INFINITY);
  const decided = of(run.timeline, run.timeline.now);
  const simulation = of(simulated.timeline, endsAt);
  if (!isSameOrder(decided, simulation, LAG_MS)) expect(lines(simulation)).toEqual(lines(decided));
}
