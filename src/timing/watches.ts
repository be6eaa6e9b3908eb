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
/** Long enough to differ from a quick start. The whole of a generous budget would only take time. */
const SLOW_START = { leastMs: 500, mostMs: 20_000 } as const;
/** The kernel kills a container this soon once clients make it use more memory than it may. */
export const OUT_OF_MEMORY_MS = 15_000;
/** Containers that are watched run for so long, in real time, before a gap in which nothing happens is skipped. */
export const CALM_AFTER_MS = 10_000;

/** Returns the time that a container has run, in milliseconds; undefined if it has not. */
export type RanFor = (container: string) => number | undefined;

/**
 * Returns the longest time until a probe detects a fault on a machine that may be busy, counted from the fault, or from
 * the end of its initial delay if that is later.
 */
export function detectedWithinMs(probe: Probe, ranForMs: number | undefined): number {
  return remainingDelayMs(probe, ranForMs) + probeTiming(probe).detectedMs + ALLOWANCE_MS;
}

/** Returns half of the longest start that a startup probe survives, or undefined if that is not slow. */
export function slowStartMs(startupProbe: Probe): number | undefined {
  const ms = Math.min(probeTiming(startupProbe).survivedStartMs / 2, SLOW_START.mostMs);
  return ms < SLOW_START.leastMs ? undefined : ms;
}

/** Returns the longest time until liveness has restarted a container that hangs. */
export function restartedWithinMs(spec: PodSpec, container: Container, livenessProbe: Probe, ranFor: RanFor): number {
  const detectedMs = detectedWithinMs(livenessProbe, ranFor(container.name));
  return detectedMs + stopTiming(container, spec, 'liveness').goneByMs + START_MS;
}

/** Returns how long to watch containers that must not be restarted: until each could have been killed by liveness. */
export function livenessWatchMs(containers: readonly Container[], ranFor: RanFor): number {
  const detected = containers.map(({ name, livenessProbe }) => {
    return livenessProbe ? detectedWithinMs(livenessProbe, ranFor(name)) : 0;
  });
  return Math.max(LEAST_WATCH_MS, ...detected);
}

/** Returns how long to watch a fault: until each probe could have detected it, and a restart be over. */
export function faultWatchMs(spec: PodSpec, containers: readonly Container[], ranFor: RanFor): number {
  const longest = containers.map((container) => {
    const { name, livenessProbe, readinessProbe } = container;
    return Math.max(
      livenessProbe ? restartedWithinMs(spec, container, livenessProbe, ranFor) : 0,
      readinessProbe ? detectedWithinMs(readinessProbe, ranFor(name)) : 0,
    );
  });
  return Math.max(LEAST_WATCH_MS, ...longest);
}

/**
 * Returns how long to watch a pod without faults: until each of its probes could have failed permanently, also those
 * that begin late.
 */
export function steadyStateWatchMs(spec: PodSpec, ranFor: RanFor): number {
  const ends = containersOf(spec).flatMap(({ name, livenessProbe, readinessProbe }) => {
    const ranForMs = ranFor(name);
    return [livenessProbe, readinessProbe].map((probe) => {
      return probe && ranForMs !== undefined ? detectedWithinMs(probe, ranForMs) : 0;
    });
  });
  return Math.min(Math.max(LEAST_WATCH_MS, ...ends), LONGEST_STEADY_WATCH_MS);
}

/** Returns the rest of a probe's initial delay, in which it detects nothing. */
function remainingDelayMs(probe: Probe, ranForMs = 0): number {
  return Math.max(0, probeTiming(probe).firstAttempt.earliest - ranForMs);
}

/** Long enough for several attempts of a probe with usual numbers, and short enough to run beside the other experiments. */
const TRAFFIC_MS = 10_000;
/** Memory that still rises in the second half of a minute may rise without end. */
export const MEMORY_WATCH_MS = 60_000;
/** The first sample comes a moment after the first request. */
const NAMED_TRAFFIC_MS = MEMORY_WATCH_MS + 2_000;

/** Returns how long clients send requests: longer if the user names the paths, because clients really request those. */
export function trafficWatchMs(namedPaths: number): number {
  return namedPaths > 0 ? NAMED_TRAFFIC_MS : TRAFFIC_MS;
}

/** Times that clients send requests before and while a service hangs. */
export const OUTAGE_TRAFFIC_MS = { before: 1_000, during: 7_000 } as const;
