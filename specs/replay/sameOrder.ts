import { expect } from '@jest/globals';
import type { Rehearsal, Timeline } from 'jest-kubelet';
import { type Decisions, decisionsOf, isSameOrder, lines } from './order';
import { replayed } from './replayed';

/**
 * Expects of a pod that has run on containers that the kubelet decides the same in a simulation whose app does what was
 * measured here: the same events of each container (or of the pod), by their reason, in the same order.
 *
 * The ideal profile gives the engine no time for its work, and in this run it took some. Within that time events of
 * different containers may change places, and the last events of a pod that lives on may be missing on one side.
 */
export async function expectSameOrderInSimulation(run: Rehearsal): Promise<void> {
  const lagMs = lagOf(run.timeline);
  const { simulated, endsAt } = await replayed(run, lagMs);
  const livesOn = run.timeline.of('PodRemoved').length === 0;
  const upTo = (timeline: Timeline, endsAt: number): Decisions => ({
    all: decisionsOf(timeline),
    openFrom: livesOn ? endsAt - lagMs : Number.POSITIVE_INFINITY,
  });
  const decided = upTo(run.timeline, run.timeline.now);
  const simulation = upTo(simulated.timeline, endsAt);
  if (!isSameOrder(decided, simulation, lagMs)) expect(lines(simulation)).toEqual(lines(decided));
}

/** How long the engine worked for the pod in all, and the longest probe took. In ms; an ideal node needs no time for either. */
function lagOf(timeline: Timeline): number {
  const sandboxMs = timeline.of('SandboxStarted').reduce((sum, { at }) => Math.max(sum, at), 0);
  const startsMs = timeline.of('ContainerStarted').reduce((sum, start) => {
    const pulled = timeline
      .of('Pulled')
      .findLast(({ at, container }) => container === start.container && at <= start.at);
    return sum + start.at - (pulled?.at ?? start.at);
  }, 0);
  const probeMs = timeline.of('ProbeFinished').reduce((longest, { tookMs }) => Math.max(longest, tookMs), 0);
  return sandboxMs + startsMs + probeMs;
}
