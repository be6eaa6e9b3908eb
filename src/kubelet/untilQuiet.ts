import type { Instant } from '../clock/instant';
import type { PodState } from './state/podState';
import type { Observation } from './state/protocol';
import { type StepResult, step, wakeAt } from './syncLoop';

/** So many steps at one instant are a loop: the rules of the pod chase each other without time passing. */
const STEPS_MAX = 10_000;

/** Connects a kubelet to what is around its pod. */
export interface StepPorts {
  /** Takes the oldest observation that the kubelet has not received yet. */
  take(): Observation | undefined;
  /** Carries out what follows from an observation. It may lead to further observations. */
  follow(result: StepResult): void;
}

/**
 * Runs everything that happens at one instant: first the observations, then what is due by itself, until neither is left.
 * Returns false if that does not come to an end.
 */
export function untilQuiet(state: PodState, at: Instant, { take, follow }: StepPorts): boolean {
  let current = state;
  for (let steps = 0; steps <= STEPS_MAX; steps += 1) {
    const seen = take() ?? (wakeAt(current, at) <= at ? { kind: 'Woken' as const } : undefined);
    if (!seen) return true;
    const result = step(current, seen, at);
    current = result.state;
    follow(result);
  }
  return false;
}
