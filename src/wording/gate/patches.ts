import { formatDuration, formatRoughly } from '../durations';
import { formatList } from '../list';
import type { ContainerFact, DurationFact } from './facts';
import { formatFrom, type MessageOf } from './message';

/** The margin in words: what was measured once may take a fifth more the next time. */
const WITH_MARGIN = 'and a fifth more';

/** How a change that would pass was found. */
export const PATCHES_FOUND = {
  memory: ({
    container,
    tried,
    memory,
  }: ContainerFact & { readonly tried: readonly string[]; readonly memory: string }) =>
    `${container} was killed with ${formatList(tried)}, and stays up with ${memory}`,
  gracePeriod: ({ tookMs, seconds }: DurationFact & { readonly seconds: number }) =>
    `its end took ${formatRoughly(tookMs)}; ${seconds}s hold that ${WITH_MARGIN}`,
  probeTimeout: ({ tookMs, seconds }: DurationFact & { readonly seconds: number }) =>
    `an answer took up to ${formatRoughly(tookMs)}; ${seconds}s hold that ${WITH_MARGIN}`,
  startupThreshold: (found: LongerStartup) => {
    const { container, tookMs, delaySeconds, periodSeconds, failureThreshold, givenSeconds } = found;
    const before = delaySeconds > 0 ? `${delaySeconds}s + ` : '';
    const sum = `${before}${periodSeconds}s × (${failureThreshold} − 1) = ${givenSeconds}s`;
    return `${container} took ${formatRoughly(tookMs)} to start; ${sum} hold that ${WITH_MARGIN}`;
  },
  startupProbe: ({ container, tookMs, advice }: ContainerFact & DurationFact & { readonly advice: string }) =>
    `${container} took ${formatRoughly(tookMs)} to start, ${WITH_MARGIN}: ${advice}`,
  preStopSleep: ({ delay, sleptSeconds, trials, graceSeconds, addedSeconds }: LongerSleep) => {
    const without = sleptSeconds === 0 ? 'without a preStop' : `with a preStop of ${sleptSeconds}s`;
    const others = trials.map(({ seconds, isDropped }) => `with ${seconds}s ${isDropped ? 'some were' : 'none was'}`);
    const grace = `${graceSeconds}s + ${addedSeconds}s = ${graceSeconds + addedSeconds}s`;
    return `if clients come for ${delay} after the pod left the endpoints (--endpoint-removal-delay): ${without} requests were dropped, ${formatList(others)}; the grace grows with it: ${grace}`;
  },
} as const;

interface LongerStartup extends ContainerFact, DurationFact {
  readonly delaySeconds: number;
  readonly periodSeconds: number;
  readonly failureThreshold: number;
  readonly givenSeconds: number;
}

interface LongerSleep {
  readonly delay: string;
  readonly sleptSeconds: number;
  readonly trials: readonly { readonly seconds: number; readonly isDropped: boolean }[];
  readonly graceSeconds: number;
  readonly addedSeconds: number;
}

export type PatchFound = MessageOf<typeof PATCHES_FOUND>;

/** Returns how a change was found. */
export function formatPatchFound(found: PatchFound): string {
  return formatFrom(PATCHES_FOUND, found);
}

/** Returns that no change was found in time. */
export function formatSearchOver(limitMs: number): string {
  return `no change was found in ${formatDuration(limitMs)} of trying`;
}
