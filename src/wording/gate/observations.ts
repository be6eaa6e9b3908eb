import pluralize from 'pluralize';
import type { ProbeOutput } from '../../assertions/facts/reason';
import { formatDuration, formatSeconds } from '../durations';
import { formatMebi } from '../memory';
import { formatFrom, type MessageOf } from '../message';
import { formatProbeOutput } from '../probeOutput';
import { formatTraffic } from '../traffic';
import type { ContainerFact } from './facts';
import { formatHanging } from './hanging';
import type { BlockedProbe, FailedRequests, LeftProcesses, ProbeFact, RisingMemory, Zombies } from './observationFacts';
import { type Disturbance, formatDisturbance } from './results/disturbances';

/** Sentences about an observed pod. */
export const OBSERVATIONS = {
  redirectedProbe: ({ container, probe, location }: ProbeFact & { readonly location: string }) =>
    `the ${probe} probe of ${container} is redirected to ${location}. The kubelet counts a redirect to another host as success and does not follow it, so the probe does not check ${container}.`,
  probeWithoutResult: ({ container, probe, output }: ProbeFact & { readonly output: string }) =>
    `the ${probe} probe of ${container} has no result: ${output}. The kubelet ignores such an attempt, so the probe detects nothing.`,
  flappingReadiness: ({
    container,
    times,
    attempt,
  }: ContainerFact & { readonly times: number; readonly attempt: ProbeOutput }) =>
    `the readiness probe of ${container} flaps: it failed ${pluralize('time', times, true)} and succeeded again, although no fault was injected (${formatProbeOutput(attempt)})`,
  refusedClients: ({ port, afterMs }: Record<'port' | 'afterMs', number>) =>
    `the pod is Ready but refuses clients: nothing listens on port ${port} ${formatSeconds(afterMs)} after the pod became Ready`,
  slowFirstRequest: ({ path, firstMs, usualMs }: { readonly path: string } & Record<'firstMs' | 'usualMs', number>) =>
    `the first request for ${path} took ${formatSeconds(firstMs)}, later requests took ${formatDuration(Math.round(usualMs))}`,
  blockedHealth: ({ container, probe, times, path, requestMs }: BlockedProbe) =>
    `the ${probe} probe of ${container} waits for a slow request: ${times} attempts waited for GET ${path}, which takes ${formatSeconds(requestMs)}`,
  memoryRises: ({ container, firstBytes, lastBytes, overMs, limit, leftMs }: RisingMemory) => {
    const rise = `the memory of ${container} rises under steady traffic: its working set grew from ${formatMebi(firstBytes)} to ${formatMebi(lastBytes)} in the last ${formatSeconds(overMs)}`;
    return leftMs === undefined
      ? rise
      : `${rise}. At this rate, it reaches the limit of ${limit} in ${minutes(leftMs)}.`;
  },
  zombies: ({ container, before, after, afterMs, program }: Zombies) =>
    `${container} does not reap exited processes: ${pluralize('zombie', before, true)} at first, ${after} after ${formatSeconds(afterMs)} (last: ${program})`,
  leftProcesses: ({ container, count, program, attempts }: LeftProcesses) =>
    `an exec probe of ${container} leaves processes behind: ${count} more of ${JSON.stringify(program)} after ${pluralize('attempt', attempts, true)}`,
  errorsWhileReady: ({ service, requests, of, failure }: FailedRequests) =>
    `the pod stays Ready while ${formatHanging({ kind: 'service', service })} hangs, but clients get errors: ${requests.length} of ${of} requests failed (${formatTraffic(requests)}: ${failure})`,
  disturbedByTraffic: ({ disturbance }: { readonly disturbance: Disturbance }) =>
    `the pod does not stay Ready while clients send one request at a time: ${formatDisturbance(disturbance)}`,
} as const;

export type ObservationMessage = MessageOf<typeof OBSERVATIONS>;

/** Returns the sentence of an observation. */
export function formatObservation(observation: ObservationMessage): string {
  return formatFrom(OBSERVATIONS, observation);
}

function minutes(ms: number): string {
  return `about ${pluralize('minute', Math.max(1, Math.round(ms / 60_000)), true)}`;
}
