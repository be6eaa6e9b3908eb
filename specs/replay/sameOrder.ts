import { expect } from '@jest/globals';
import type { Rehearsal, Timeline } from 'jest-kubelet';
import { type Decisions, decisionsOf, isSameOrder, lines } from './order';
import { replayed } from './replayed';

/**
 * What a simulation may be off by: it is given no time for a SIGKILL to take effect, for news of an exit to arrive, for
 * the dial of a TCP probe; and the machine may have been busy.
 */
const LAG_MS = 500;

/**
 * Expects of a pod that has run on containers that the kubelet decides the same in a simulation whose app does what was
 * measured here: the same events of each container (or of the pod), by their reason, in the same order.
 *
 * Within `LAG_MS` events of different containers, and what a readiness probe says, may change places, and the last events of a pod that lives on may be
 * missing on one side.
 */
export async function expectSameOrderInSimulation(run: Rehearsal): Promise<void> {
  const { simulated, endsAt } = await replayed(run, LAG_MS);
  const livesOn = run.timeline.of('PodRemoved').length === 0;
  const upTo = (timeline: Timeline, end: number): Decisions => ({
    all: decisionsOf(timeline),
    openFrom: livesOn ? end - LAG_MS : Number.POSITIVE_INFINITY,
  });
  const decided = upTo(run.timeline, run.timeline.now);
  const simulation = upTo(simulated.timeline, endsAt);
  if (!isSameOrder(decided, simulation, LAG_MS)) expect(lines(simulation)).toEqual(lines(decided));
}
