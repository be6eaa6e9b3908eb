import pluralize from 'pluralize';
import type { ProbeType } from '../../timeline/event';
import { formatSeconds } from '../durations';
import { formatMebi } from '../memory';
import { formatFrom, type MessageOf } from './message';
import { type Disturbance, formatDisturbance } from './results/disturbances';

interface ProbeOf {
  readonly container: string;
  readonly probe: ProbeType;
}

/** Sentences about an observed pod. */
export const OBSERVATIONS = {
  redirectedProbe: ({ container, probe, location }: ProbeOf & { readonly location: string }) =>
    `the ${probe} probe of ${container} is redirected to ${location}. The kubelet does not follow it to another host and counts it as success, so it shows nothing about ${container}`,
  probeWithoutResult: ({ container, probe, output }: ProbeOf & { readonly output: string }) =>
    `the ${probe} probe of ${container} has no result: ${output}. The kubelet ignores such an attempt, so the probe detects nothing`,
  flappingReadiness: ({ container, times, why }: Record<'container' | 'why', string> & { readonly times: number }) =>
    `the readiness probe of ${container} flaps: it failed ${pluralize('time', times, true)} and succeeded again, although nothing happened to the pod: ${why}`,
  refusedClients: ({ port, afterMs }: Record<'port' | 'afterMs', number>) =>
    `clients are refused while the pod is Ready: nothing listens on port ${port}, ${formatSeconds(afterMs)} after the pod became Ready`,
  slowFirstRequest: ({ path, firstMs, usualMs }: { readonly path: string } & Record<'firstMs' | 'usualMs', number>) =>
    `the first request for ${path} took ${formatSeconds(firstMs)}, later ones ${Math.round(usualMs)}ms`,
  blockedHealth: ({ container, probe, times, path, requestMs }: BlockedProbe) =>
    `the ${probe} probe of ${container} waits behind a slow request: ${times} attempts waited for GET ${path}, which takes ${formatSeconds(requestMs)}`,
  memoryRises: ({ container, firstBytes, lastBytes, overMs, limit, leftMs }: RisingMemory) => {
    const reaches = leftMs === undefined ? '' : `. At this rate it reaches the limit of ${limit} in ${minutes(leftMs)}`;
    return `the memory of ${container} rises under steady traffic: its working set grew from ${formatMebi(firstBytes)} to ${formatMebi(lastBytes)} in the last ${formatSeconds(overMs)}${reaches}`;
  },
  zombies: ({ container, before, after, afterMs, program }: Zombies) =>
    `${container} does not reap processes that exited: ${pluralize('zombie', before, true)} at first, ${after} after ${formatSeconds(afterMs)}, the last one ${program}`,
  leftProcesses: ({ container, count, program, attempts }: LeftProcesses) =>
    `an exec probe of ${container} leaves processes behind: ${count} more of ${program} after ${pluralize('attempt', attempts, true)}`,
  errorsWhileReady: ({ service, failed, of, traffic, failure }: FailedRequests) =>
    `while ${service} hangs, clients get errors although the pod stays Ready: ${failed} of ${of} requests failed (${traffic}: ${failure})`,
  disturbedByTraffic: ({ disturbance }: { readonly disturbance: Disturbance }) =>
    `while clients send one request at a time, the pod does not stay Ready: ${formatDisturbance(disturbance)}`,
} as const;

export type ObservationMessage = MessageOf<typeof OBSERVATIONS>;

/** Returns the sentence of an observation. */
export function formatObservation(observation: ObservationMessage): string {
  return formatFrom(OBSERVATIONS, observation);
}

interface RisingMemory extends Record<'firstBytes' | 'lastBytes' | 'overMs', number> {
  readonly container: string;
  readonly limit: string | undefined;
  readonly leftMs: number | undefined;
}

interface Zombies extends Record<'before' | 'after' | 'afterMs', number> {
  readonly container: string;
  readonly program: string;
}

interface LeftProcesses extends Record<'count' | 'attempts', number> {
  readonly container: string;
  readonly program: string;
}

interface FailedRequests extends Record<'service' | 'traffic' | 'failure', string> {
  readonly failed: number;
  readonly of: number;
}

interface BlockedProbe extends ProbeOf {
  readonly times: number;
  readonly path: string;
  readonly requestMs: number;
}

function minutes(ms: number): string {
  return `about ${pluralize('minute', Math.max(1, Math.round(ms / 60_000)), true)}`;
}
