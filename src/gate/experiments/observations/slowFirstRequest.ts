import { median } from 'simple-statistics';
import type { Symptom } from '../../model/observation';
import { answeredRequests, byTarget, containerAt, tookMs } from './requests';

/** Clients notice a delay of this length. */
const SLOW_MS = 1_000;
const TIMES_MEDIAN = 10;
/** A pause of the machine may slow down one request, so the first one must also be much slower than the second slowest. */
const TIMES_SLOWEST = 3;
const LEAST_LATER = 5;

/** A first request that takes much longer than all others, because the pod has not warmed up. */
export const slowFirstRequest: Symptom = {
  severity: 'warning',
  kind: 'slowFirstRequest',
  cause: 'first-request-slow',
  find: ({ subject, timeline }) =>
    byTarget(answeredRequests(timeline)).flatMap(([first, ...later]) => {
      if (!first || later.length < LEAST_LATER) return [];
      const laterMs = later.map(tookMs);
      const firstMs = tookMs(first);
      const usualMs = median(laterMs);
      const isSlow =
        firstMs >= SLOW_MS && firstMs >= TIMES_MEDIAN * usualMs && firstMs >= TIMES_SLOWEST * Math.max(...laterMs);
      if (!isSlow) return [];
      const message = { kind: 'slowFirstRequest', path: first.path, firstMs, usualMs } as const;
      return [{ container: containerAt(subject, first.port), event: first, message }];
    }),
};
