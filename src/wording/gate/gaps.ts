import pluralize from 'pluralize';
import type { ContainerFact } from './facts';
import { formatFrom, type MessageOf } from './message';

const THROUGH_SERVICE = 'requests through a Service';
const OVER_TIME = 'memory over time';

/** Things that the checks do not cover, and why. */
export const GAPS = {
  leftOut: ({ checks }: { readonly checks: number }) => ({
    what: `${pluralize('check', checks, true)} of the pod`,
    why: 'left out by --only or --skip',
  }),
  obstructedService: ({ obstacle }: { readonly obstacle: string }) => ({ what: THROUGH_SERVICE, why: obstacle }),
  assumedService: { what: THROUGH_SERVICE, why: 'no Service of the manifest selects the pod' },
  unnamedPaths: { what: 'requests for paths that clients use', why: 'no --path names one' },
  unnamedServices: { what: 'outages of services', why: 'no --service names what the pod uses' },
  unlimitedMemory: ({ container }: ContainerFact) => ({
    what: `memory limit of ${container}`,
    why: 'it has no limits.memory',
  }),
  unmeasuredMemory: { what: OVER_TIME, why: 'the container engine does not tell the working set' },
  shortMemory: {
    what: OVER_TIME,
    why: 'not observed long enough: 60s of steady traffic are needed, which --path begins',
  },
  fewRequests: ({ least }: { readonly least: number }) => ({
    what: OVER_TIME,
    why: `fewer than ${least} requests were answered in 60s`,
  }),
  quickRequests: {
    what: 'health endpoints behind a slow request',
    why: 'no request took 1s or longer. Name a slow one with --path',
  },
  fewAttempts: ({ container }: ContainerFact) => ({
    what: `processes that exec probes of ${container} leave`,
    why: 'fewer than two attempts ran meanwhile',
  }),
  overload: ({ check, why }: Readonly<Record<'check' | 'why', string>>) => ({
    what: `the observations of ${check}`,
    why,
  }),
} as const;

export type GapMessage = MessageOf<typeof GAPS>;

/** Returns what is not covered, and why. */
export function formatGap(gap: GapMessage): { readonly what: string; readonly why: string } {
  return formatFrom(GAPS, gap);
}
