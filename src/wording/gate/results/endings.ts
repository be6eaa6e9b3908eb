import type { SignalTrouble } from '../../../timeline/history/signalTrouble';
import { formatRoughly } from '../../durations';
import { formatSignalTrouble } from '../../signalTrouble';
import { formatTraffic } from '../../traffic';
import type { DurationFact, RequestsFact } from '../facts';
import { formatAssumed } from './assumed';
import { type DropCause, formatDropCause } from './dropCauses';

interface NotEnded {
  readonly why: string;
  readonly trouble: SignalTrouble | undefined;
}

/** Results about a pod that is deleted, or is meant to complete. */
export const ENDINGS = {
  terminated: ({ tookMs }: DurationFact) => `deleted, the pod is gone after ${formatRoughly(tookMs)}, without SIGKILL`,
  notTerminated: ({ why, trouble }: NotEnded) =>
    `deleted, the pod does not end by itself: ${[why, ...(trouble ? [formatSignalTrouble(trouble)] : [])].join('; ')}`,
  drained: ({ requests, isAssumed }: RequestsFact & { readonly isAssumed: boolean }) =>
    `deleted, the pod drops none of ${requests.length} requests (${formatTraffic(requests)})${formatAssumed(isAssumed)}`,
  dropped: ({
    received,
    requests,
    causes,
  }: RequestsFact & { readonly received: string; readonly causes: readonly DropCause[] }) =>
    `deleted, the pod drops requests: ${[`${received} (${formatTraffic(requests)})`, ...causes.map(formatDropCause)].join('; ')}`,
  stillAtWork: ({ afterMs }: { readonly afterMs: number }) =>
    `the pod is still at work after ${formatRoughly(afterMs)}, and nothing says how long it may be: set activeDeadlineSeconds`,
  completed: ({ tookMs }: DurationFact) => `the pod does its work and succeeds after ${formatRoughly(tookMs)}`,
  notCompleted: ({ why, isFinal }: { readonly why: string; readonly isFinal: boolean }) => {
    const again = ' (under Never nothing is tried again in this pod: a Job makes another, up to its backoffLimit)';
    return `the pod would not succeed: ${why}${isFinal ? again : ''}`;
  },
} as const;
