import type { Actor } from '../../../src/gate/model/actor';
import type { ScriptedPod } from '../../../src/pod/simulated/scriptedPod';
import { simulatePod } from '../../../src/pod/simulated/simulatePod';

/** Returns a simulated pod with everything that an experiment needs. */
export function simulateActor(...args: Parameters<typeof simulatePod>): ScriptedPod & Actor {
  return simulatePod(...args) as ScriptedPod;
}
