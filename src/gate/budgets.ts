import { type Container, containersOf, type Pod, type Probe } from '../manifest/model';

/** A probe may just have been carried out when a fault begins, and its answer takes a moment. */
const SLACK_MS = 1_000;
const WATCH_LEAST_MS = 3_000;
const WATCH_MOST_MS = 60_000;

/** The longest it takes a probe that succeeds to find out that it does no more. */
export function noticeMs({ periodSeconds, failureThreshold, timeoutSeconds }: Probe): number {
  return ((failureThreshold + 1) * periodSeconds + timeoutSeconds) * 1_000 + SLACK_MS;
}

/** How long a container may take to stop when its liveness probe has failed. */
export function graceMs({ spec }: Pod, { livenessProbe }: Container): number {
  return (livenessProbe?.terminationGracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 0) * 1_000;
}

/** How long a pod is watched that is left alone: until each of its probes could have failed for good. */
export function watchMs({ spec }: Pod): number {
  const probes = containersOf(spec).flatMap(({ livenessProbe, readinessProbe }) => [livenessProbe, readinessProbe]);
  const longest = Math.max(WATCH_LEAST_MS, ...probes.map((probe) => (probe ? noticeMs(probe) : 0)));
  return Math.min(longest, WATCH_MOST_MS);
}

/** What a startup probe allows a start to take. */
export function startupMs({ initialDelaySeconds, periodSeconds, failureThreshold }: Probe): number {
  return (initialDelaySeconds + periodSeconds * failureThreshold) * 1_000;
}
