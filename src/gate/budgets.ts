import { type Container, containersOf, type Pod, type PodSpec, type Probe } from '../manifest/model';
import type { Actor } from './actor';

/** A machine that is busy notices a little late. */
const SLACK_MS = 2_000;
const WATCH_LEAST_MS = 3_000;
const WATCH_MOST_MS = 120_000;
/** A hook that takes all of the grace leaves that much for the stop signal. */
const LEAST_GRACE_MS = 2_000;

/**
 * The longest it takes a probe that succeeds to find out that it does no more: it may just have been carried out, and each
 * further answer may take all of its time, after which the next is asked for at once.
 */
export function noticeMs({ periodSeconds, failureThreshold, timeoutSeconds }: Probe): number {
  const eachSeconds = Math.max(periodSeconds, timeoutSeconds);
  return (periodSeconds + (failureThreshold - 1) * eachSeconds + timeoutSeconds) * 1_000 + SLACK_MS;
}

/** How long a container may take to stop when its liveness probe has failed. */
export function graceMs({ spec }: Pod, { livenessProbe }: Container): number {
  const seconds = livenessProbe?.terminationGracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 0;
  return seconds * 1_000 + LEAST_GRACE_MS;
}

/**
 * How long a pod is watched that is left alone, from its present on: until each of its probes could have failed for good,
 * also those that begin late.
 */
export function watchMs({ pod: { spec }, timeline }: Actor): number {
  return watchedMs(spec, (name) => {
    const startedAt = timeline.of('ContainerStarted').findLast(({ container }) => container === name)?.at;
    return startedAt === undefined ? undefined : timeline.now - startedAt;
  });
}

/** The same of a pod whose containers have only just been started. */
export function watchFromStartMs(spec: PodSpec): number {
  return watchedMs(spec, () => 0);
}

/** `ranFor` tells for how long a container has run; undefined for one that has not. */
function watchedMs(spec: PodSpec, ranFor: (container: string) => number | undefined): number {
  const ends = containersOf(spec).flatMap(({ name, livenessProbe, readinessProbe }) => {
    const ranMs = ranFor(name);
    return [livenessProbe, readinessProbe].map((probe) => {
      if (!probe || ranMs === undefined) return 0;
      return Math.max(0, probe.initialDelaySeconds * 1_000 - ranMs) + noticeMs(probe);
    });
  });
  return Math.min(Math.max(WATCH_LEAST_MS, ...ends), WATCH_MOST_MS);
}

/**
 * What a startup probe surely allows a start to take: it may be carried out as soon as its delay is over, and the last
 * failure ends the start.
 */
export function startupMs({ initialDelaySeconds, periodSeconds, failureThreshold }: Probe): number {
  return (initialDelaySeconds + periodSeconds * (failureThreshold - 1)) * 1_000;
}
