import { type AssertionResult, makeUnknown } from '../assertions/assertionResult';
import { after, type Instant } from '../clock/instant';
import type { Pod } from '../manifest/model';
import type { Event } from '../timeline/event';
import type { Timeline } from '../timeline/timeline';
import type { WaitablePodRun } from './podRun';
import { type Deadline, type DeadlineOptions, WaitDeadline } from './waitDeadline';

export interface Case<Stop = never> {
  readonly podRun: WaitablePodRun;
  /** The limit of the wait: a time on the pod's clock from the pod's present, or the pod's own limits. */
  readonly limit: number | Pick<DeadlineOptions, 'limit' | 'from'>;
  /** The origin of a limit in milliseconds. Default: the pod's present. */
  readonly since?: Instant | undefined;
  readonly evaluate: (timeline: Timeline) => AssertionResult;
  /** Whether what containers write decides it as well. */
  readonly isAboutOutput?: boolean | undefined;
  /** Resolves when the wait is ended from outside; never if it is absent. */
  readonly stopped?: Promise<Stop> | undefined;
}

export interface WaitResult<Stop = never> {
  readonly result: AssertionResult;
  readonly pod: Pod;
  /** The record it was judged by. */
  readonly timeline: Timeline;
  /** Why it shows nothing that the question is still open when its time is over. */
  readonly unfair?: string | undefined;
  /** The end of the wait by the pod's own limits; absent if the caller gave one. */
  readonly deadline?: Deadline | undefined;
  /** The reason why the wait stopped early, if it did without a result. */
  readonly stop?: Stop;
}

const UNSTOPPED = new Promise<never>(() => {});

/** Waits until the question is settled, its time is over, nothing more can happen to the pod, or the run breaks. */
export async function waitFor<Stop = never>({
  podRun,
  limit,
  since,
  evaluate,
  stopped = UNSTOPPED,
  isAboutOutput,
}: Case<Stop>): Promise<WaitResult<Stop>> {
  // The wait begins in the pod's present, which the record may lag behind while nothing happens.
  await Promise.race([podRun.progress(podRun.timeline.now), stopped]);
  const from = since ?? podRun.timeline.now;
  const { pod } = podRun;
  const fixed = typeof limit === 'number' ? after(from, limit) : undefined;
  const own = typeof limit === 'number' ? undefined : new WaitDeadline({ ...limit, spec: pod.spec }, podRun.timeline);
  // A limit that counts from the pod's start has run since then.
  const explainUnfairness = async (deadline?: Deadline) => podRun.explainUnfairness?.(deadline?.phase.since ?? from);
  let seen: number | undefined;
  let read = 0;
  for (;;) {
    const { events, now, output } = podRun.timeline;
    const deadline = own?.in(podRun.timeline);
    const until = fixed ?? deadline?.until ?? now;
    // An event at the limit itself still counts.
    const past = after(until, 1);
    const record = podRun.timeline.upTo(until);
    if (podRun.broken)
      return { pod, result: makeUnknown({ kind: 'aborted', message: podRun.broken.message }), timeline: record };
    const isOver = podRun.ended || now >= past;
    if (isOver || seen === undefined || decides(events.slice(seen)) || (isAboutOutput && output.count > read)) {
      const result = evaluate(record);
      if (result.outcome !== 'pending' || podRun.ended) return { pod, result, timeline: record, deadline };
      if (isOver) return { pod, result, timeline: record, deadline, unfair: await explainUnfairness(deadline) };
    }
    seen = events.length;
    read = output.count;
    const stop = await Promise.race([podRun.progress(past), stopped]);
    if (stop) {
      const unfair = await explainUnfairness(deadline);
      return { pod, result: evaluate(record), timeline: record, deadline, stop, unfair };
    }
  }
}

/**
 * Returns whether an event can change a result. Most of a long record are results of probes and requests, which decide
 * nothing alone.
 */
function decides(news: readonly Event[]): boolean {
  return news.some((event) => {
    if (event.kind === 'RequestFinished') return event.failure !== undefined;
    return event.kind !== 'ProbeFinished';
  });
}
