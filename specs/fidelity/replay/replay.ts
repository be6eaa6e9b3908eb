import { type PodRun, type SimulatedPod, simulatePod } from 'jest-kubelet';
import { podRunOf } from '../../../matchers/kernel/call/received';
import type { Instant } from '../../../src/clock/instant';
import { measuredScript } from './measuredScript';

/** The time in which the simulated kubelet can catch up with a later start in the run. */
const PATIENCE_MS = 60_000;

/**
 * Simulates the same pod in virtual time with the ideal profile and the measured script. It is deleted at the same
 * time, and ends `beyondMs` after the last known instant.
 */
export async function replay(run: PodRun, beyondMs: number): Promise<Replay> {
  const { pod, timeline } = run;
  const simulated = simulatePod({ apiVersion: 'v1', kind: 'Pod', ...pod }, measuredScript(run));
  const deletion = timeline.of('DeletionMarked')[0];
  if (deletion) {
    await playTo(simulated, run, deletion.at);
    await simulated.delete({ gracePeriodSeconds: deletion.deletionGracePeriodSeconds });
    return { simulated, endsAt: simulated.timeline.now };
  }
  const endsAt = await playTo(simulated, run, timeline.now);
  advanceTo(simulated, endsAt + beyondMs);
  return { simulated, endsAt };
}

export interface Replay {
  readonly simulated: SimulatedPod;
  /** The simulated instant for the last known instant of the run. */
  readonly endsAt: number;
}

/** Plays to where `at` is in the run, counted from the last start of a container before it; resolves to that instant. */
async function playTo(simulated: SimulatedPod, { timeline }: PodRun, at: Instant): Promise<number> {
  const anchor = timeline.of('ContainerStarted').findLast((start) => start.at <= at);
  const sameStart = () =>
    simulated.timeline
      .of('ContainerStarted')
      .find(({ container, attempt }) => container === anchor?.container && attempt === anchor.attempt);
  const patience = (at + PATIENCE_MS) as Instant;
  while (anchor && !sameStart() && !simulated.ended && simulated.timeline.now < patience) {
    await podRunOf(simulated).progress(patience);
  }
  const started = sameStart();
  const target = anchor && started ? started.at + (at - anchor.at) : at;
  advanceTo(simulated, target);
  return target;
}

function advanceTo(simulated: SimulatedPod, at: number): void {
  if (at > simulated.timeline.now) simulated.advance(`${at - simulated.timeline.now}ms`);
}
