import type { Probe } from '../manifest/model';

/** Attempts are serial: one that hangs holds the next one up. Source: prober/worker.go `run`. */
function attemptSeconds({ periodSeconds, timeoutSeconds }: Probe): number {
  return Math.max(periodSeconds, timeoutSeconds);
}

/** From the first failure of an app that hangs to the one that decides, in seconds. */
export function failingSeconds(probe: Probe): number {
  return probe.failureThreshold * attemptSeconds(probe);
}

/** How long at most from a fault to the failure that decides: the last success was the moment before, and all hang. */
export function worstDetectionSeconds(probe: Probe): number {
  const { periodSeconds, timeoutSeconds, failureThreshold } = probe;
  return periodSeconds + (failureThreshold - 1) * attemptSeconds(probe) + timeoutSeconds;
}

/**
 * How long a start may take and surely survive this probe, in seconds: the first attempt comes when the delay is over,
 * at the earliest, and the last that counts is the one the app answers.
 *
 * Source: prober/worker.go; the ticker runs since before the container.
 */
export function startSurvivedSeconds({ initialDelaySeconds, periodSeconds, failureThreshold }: Probe): number {
  return initialDelaySeconds + (failureThreshold - 1) * periodSeconds;
}

/** When an app that does not come up is given up at the latest, in seconds. */
export function startGivenUpSeconds(probe: Probe): number {
  return probe.initialDelaySeconds + worstDetectionSeconds(probe);
}
