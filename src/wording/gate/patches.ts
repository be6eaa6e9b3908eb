import { formatDuration, formatRoughly } from '../durations';
import { formatList } from '../list';
import { formatFrom, type MessageOf } from '../message';
import type { ContainerFact, DurationFact, SecondsFact } from './facts';

/** The margin of a measured time in words. */
const WITH_MARGIN = 'With a margin of 20%';

/** Measurements and trials that led to a patch. */
export const PATCHES_FOUND = {
  memory: ({
    container,
    tried,
    memory,
  }: ContainerFact & { readonly tried: readonly string[]; readonly memory: string }) =>
    `${container} was killed with ${formatList(tried)}, and keeps running with ${memory}`,
  gracePeriod: ({ tookMs, seconds }: DurationFact & SecondsFact) =>
    `the pod took ${formatRoughly(tookMs)} to terminate. ${WITH_MARGIN}, it needs ${inSeconds(seconds)}.`,
  probeTimeout: ({ tookMs, seconds }: DurationFact & SecondsFact) =>
    `a response took up to ${formatRoughly(tookMs)}. ${WITH_MARGIN}, it needs ${inSeconds(seconds)}.`,
  startupThreshold: (found: LongerStartup) => {
    const { container, tookMs, delaySeconds, periodSeconds, failureThreshold, givenSeconds } = found;
    const before = delaySeconds > 0 ? `${inSeconds(delaySeconds)} + ` : '';
    const sum = `${before}${inSeconds(periodSeconds)} × (${failureThreshold} − 1) = ${inSeconds(givenSeconds)}`;
    return `${container} took ${formatRoughly(tookMs)} to start. ${WITH_MARGIN}, it needs ${sum}.`;
  },
  startupProbe: ({ container, tookMs, periodSeconds, failureThreshold, allowedMs }: AddedStartup) =>
    `${container} took ${formatRoughly(tookMs)} to start. ${WITH_MARGIN}, it needs a startupProbe with the same check, periodSeconds: ${periodSeconds} and failureThreshold: ${failureThreshold}, which allows ${formatDuration(allowedMs)}.`,
  preStopSleep: ({ delay, sleptSeconds, trials, graceSeconds, addedSeconds }: LongerSleep) => {
    const base = sleptSeconds === 0 ? 'without a preStop hook' : withSleep(sleptSeconds);
    const sleeps = (isDropped: boolean) =>
      trials.filter((trial) => trial.isDropped === isDropped).map(({ seconds }) => withSleep(seconds));
    const dropped = formatList([base, ...sleeps(true)]);
    const gracePeriod = `${inSeconds(graceSeconds)} + ${inSeconds(addedSeconds)} = ${inSeconds(graceSeconds + addedSeconds)}`;
    return `requests were dropped ${dropped}, but not ${formatList(sleeps(false))}. The grace period grows with the sleep: ${gracePeriod}. The result assumes that clients send requests for ${delay} after the pod leaves the endpoints (--endpoint-removal-delay).`;
  },
} as const;

interface LongerStartup extends ContainerFact, DurationFact {
  readonly delaySeconds: number;
  readonly periodSeconds: number;
  readonly failureThreshold: number;
  readonly givenSeconds: number;
}

interface AddedStartup extends ContainerFact, DurationFact {
  readonly periodSeconds: number;
  readonly failureThreshold: number;
  readonly allowedMs: number;
}

interface LongerSleep {
  readonly delay: string;
  readonly sleptSeconds: number;
  readonly trials: readonly { readonly seconds: number; readonly isDropped: boolean }[];
  readonly graceSeconds: number;
  readonly addedSeconds: number;
}

export type PatchFound = MessageOf<typeof PATCHES_FOUND>;

/** Returns how a patch was found. */
export function formatPatchFound(found: PatchFound): string {
  return formatFrom(PATCHES_FOUND, found);
}

/** Returns that the search for a patch reached its limit. */
export function formatSearchOver(limitMs: number): string {
  return `No patch was found within ${formatDuration(limitMs)}.`;
}

function inSeconds(amount: number): string {
  return formatDuration(amount * 1_000);
}

function withSleep(seconds: number): string {
  return `with a preStop sleep of ${inSeconds(seconds)}`;
}
