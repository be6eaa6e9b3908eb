import pluralize from 'pluralize';
import type { BackendObstacle } from '../../timeline/backend';
import { formatBackendObstacle } from '../backendObstacle';
import { formatDuration } from '../durations';
import { formatFrom, type MessageOf } from '../message';
import type { ContainerFact } from './facts';

const THROUGH_SERVICE = 'requests through a Service';
const OVER_TIME = 'memory over time';

/** Things that the checks do not cover, and the reason. */
export const GAPS = {
  excludedChecks: ({ checks }: { readonly checks: number }) => ({
    what: `${pluralize('check', checks, true)} of the pod`,
    why: 'excluded by --only or --skip',
  }),
  obstructedService: ({ obstacle }: { readonly obstacle: BackendObstacle }) => ({
    what: THROUGH_SERVICE,
    why: formatBackendObstacle(obstacle),
  }),
  assumedService: { what: THROUGH_SERVICE, why: 'no Service in the manifest selects the pod' },
  unnamedPaths: { what: 'requests for the paths that clients use', why: '--path is not set' },
  unnamedServices: { what: 'outages of dependencies', why: '--service is not set' },
  unlimitedMemory: ({ container }: ContainerFact) => ({
    what: `memory limit of ${container}`,
    why: 'limits.memory is not set',
  }),
  unmeasuredMemory: { what: OVER_TIME, why: 'the container engine does not report the working set' },
  shortMemory: ({ neededMs }: { readonly neededMs: number }) => ({
    what: OVER_TIME,
    why: `the measurement needs ${formatDuration(neededMs)} of steady traffic. Name a path with --path.`,
  }),
  fewRequests: ({ least, withinMs }: Readonly<Record<'least' | 'withinMs', number>>) => ({
    what: OVER_TIME,
    why: `fewer than ${least} requests got a response within ${formatDuration(withinMs)}`,
  }),
  quickRequests: ({ slowMs }: { readonly slowMs: number }) => ({
    what: 'health endpoints behind a slow request',
    why: `no request took ${formatDuration(slowMs)} or longer. Name a slow path with --path.`,
  }),
  fewAttempts: ({ container }: ContainerFact) => ({
    what: `processes that exec probes of ${container} leave behind`,
    why: 'fewer than two attempts finished during the check',
  }),
  /** The reason is the text of an error. */
  overload: ({ check, why }: Readonly<Record<'check' | 'why', string>>) => ({
    what: `the observations of ${check}`,
    why,
  }),
} as const;

export type GapMessage = MessageOf<typeof GAPS>;

/** Returns what the checks do not cover, and the reason. */
export function formatGap(gap: GapMessage): { readonly what: string; readonly why: string } {
  return formatFrom(GAPS, gap);
}
