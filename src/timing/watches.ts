import { type Container, containersOf, type PodSpec, type Probe } from '../manifest/model';
import { probeTiming } from './probeTiming';
import { stopTiming } from './stopTiming';
import { ALLOWANCE_MS } from './waits';

/** A container that was stopped may take this long to run again, which is the engine's time. */
const START_MS = 10_000;
/** A first restart never waits for back-off, and what it takes is the engine's time. */
export const FIRST_RESTART_MS = 15_000;
/** A watch is not shorter, as a container without probes may still exit. */
const LEAST_WATCH_MS = 5_000;
const LONGEST_STEADY_WATCH_MS = 120_000;

/** How long a probe takes at most to detect a fault, on a machine that may be busy. */
export function detectedWithinMs(probe: Probe): number {
  return probeTiming(probe).detectedMs + ALLOWANCE_MS;
}

/** How long it takes at most until liveness has restarted a container that hangs. */
export function restartedWithinMs(spec: PodSpec, container: Container, livenessProbe: Probe): number {
  return detectedWithinMs(livenessProbe) + stopTiming(container, spec, 'liveness').goneByMs + START_MS;
}

/** How long containers are watched that must not be restarted: until each could have been killed by liveness. */
export function livenessWatchMs(containers: readonly Container[]): number {
  const detected = containers.map(({ livenessProbe }) => (livenessProbe ? detectedWithinMs(livenessProbe) : 0));
  return Math.max(LEAST_WATCH_MS, ...detected);
}

/** How long a fault is watched: until each probe could have detected it, and a restart be over. */
export function faultWatchMs(spec: PodSpec, containers: readonly Container[]): number {
  const longest = containers.map((container) => {
    const { livenessProbe, readinessProbe } = container;
    return Math.max(
      livenessProbe ? restartedWithinMs(spec, container, livenessProbe) : 0,
      readinessProbe ? detectedWithinMs(readinessProbe) : 0,
    );
  });
  return Math.max(LEAST_WATCH_MS, ...longest);
}

/**
 * How long a pod is watched that nothing is done to: until each of its probes could have failed for good, also those that
 * begin late. `ranForMs` is how long a container has run, and undefined if it has not.
 */
export function steadyStateWatchMs(spec: PodSpec, ranForMs: (container: string) => number | undefined): number {
  const ends = containersOf(spec).flatMap(({ name, livenessProbe, readinessProbe }) => {
    const ranMs = ranForMs(name);
    return [livenessProbe, readinessProbe].map((probe) => {
      if (!probe || ranMs === undefined) return 0;
      return Math.max(0, probeTiming(probe).firstAttempt.earliest - ranMs) + detectedWithinMs(probe);
    });
  });
  return Math.min(Math.max(LEAST_WATCH_MS, ...ends), LONGEST_STEADY_WATCH_MS);
}
