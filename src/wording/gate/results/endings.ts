import type { Received } from '../../../assertions/facts/received';
import { formatRoughly } from '../../durations';
import { formatReason, formatReasonOrReceived } from '../../facts/reason';
import { formatReceived } from '../../facts/received';
import { formatTraffic } from '../../traffic';
import type { DurationFact, RequestsFact, ResultFact } from '../facts';
import { formatAssumed } from './assumed';
import { type DropCause, formatDropCause } from './dropCauses';

interface DroppedRequests extends RequestsFact {
  readonly received: Received;
  readonly causes: readonly DropCause[];
}

/** Results about a deleted pod, and about a pod that is expected to complete. */
export const ENDINGS = {
  terminated: ({ tookMs }: DurationFact) =>
    `the deleted pod terminates after ${formatRoughly(tookMs)}, without SIGKILL`,
  notTerminated: ({ result: { received, reason } }: ResultFact) =>
    [
      'the deleted pod does not terminate within its grace period',
      formatReceived(received),
      ...(reason ? [formatReason(reason)] : []),
    ].join(': '),
  drained: ({ requests, isAssumed }: RequestsFact & { readonly isAssumed: boolean }) =>
    `the deleted pod drops none of ${requests.length} requests (${formatTraffic(requests)})${formatAssumed(isAssumed)}`,
  dropped: ({ received, requests, causes }: DroppedRequests) => {
    const sentences = [
      `the deleted pod drops requests: ${formatReceived(received)} (${formatTraffic(requests)})`,
      ...causes.map(formatDropCause),
    ];
    return sentences.length === 1 ? sentences.join('') : `${sentences.join('. ')}.`;
  },
  stillRunning: ({ afterMs }: { readonly afterMs: number }) =>
    `the pod still runs after ${formatRoughly(afterMs)}, and nothing limits its run. Set activeDeadlineSeconds.`,
  completed: ({ tookMs }: DurationFact) => `the pod succeeds after ${formatRoughly(tookMs)}`,
  notCompleted: ({ result, isFinal }: ResultFact & { readonly isFinal: boolean }) => {
    const sentence = `the pod does not succeed: ${formatReasonOrReceived(result)}`;
    if (!isFinal) return sentence;
    return `${sentence}. With restartPolicy Never, this pod retries nothing, but a Job creates another pod, up to its backoffLimit.`;
  },
} as const;
