import { staysReady } from '../../../assertions/status/staysReady';
import { historyOf } from '../../../timeline/history/podHistory';
import { detectedWithinMs } from '../../../timing/watches';
import type { ObservedPod, Symptom } from '../../model/observation';
import { runningContainers } from '../../model/subject';
import { byTarget, containerAt, type Request } from './requests';

const LEAST_BEFORE = 3;
const LEAST_DURING = 2;
/** Some requests may not need the dependency. */
const LEAST_SHARE = 0.8;

/** Errors for clients while a dependency is down and the pod stays Ready. */
export function errorsWhileReady(service: string): Symptom {
  return {
    severity: 'warning',
    kind: 'errorsWhileReady',
    cause: 'errors-while-ready',
    find: (seen) => {
      const { subject, timeline, since } = seen;
      if (staysReady(timeline, since).outcome === 'failed') return [];
      return byTarget(historyOf(timeline).requests).flatMap((sent) => {
        const during = sent.filter(({ sentAt }) => sentAt >= noticedAt(seen));
        const failed = during.filter(hasFailed);
        const last = failed.at(-1);
        const isClear = failed.length >= LEAST_DURING && failed.length >= LEAST_SHARE * during.length;
        if (!last || !isClear || !servedBefore(sent, seen)) return [];
        const message = {
          kind: 'errorsWhileReady',
          service,
          requests: failed.map(({ path, port }) => ({ path, port })),
          of: during.length,
          failure: last.failure ?? '',
        } as const;
        return [{ container: containerAt(subject, last.port), event: last, message }];
      });
    },
  };
}

/** Returns the instant by which each readiness probe had time to fail after the dependency went down. */
function noticedAt({ subject, timeline, from }: ObservedPod): number {
  const downAt = historyOf(timeline).acts.findLast(({ service }) => service !== undefined)?.at ?? from;
  const probes = runningContainers(subject).flatMap(({ readinessProbe }) => readinessProbe ?? []);
  return downAt + Math.max(0, ...probes.map(detectedWithinMs));
}

/** True if the last requests before the outage all succeeded. */
function servedBefore(sent: readonly Request[], { from }: ObservedPod): boolean {
  const before = sent.filter(({ at }) => at < from).slice(-LEAST_BEFORE);
  return before.length === LEAST_BEFORE && !before.some(hasFailed);
}

function hasFailed({ failure }: Request): boolean {
  return failure !== undefined;
}
