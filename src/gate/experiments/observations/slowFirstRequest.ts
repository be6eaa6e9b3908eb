import { median } from 'simple-statistics';
import type { Symptom } from '../../model/observation';
import { answeredRequests, byTarget, containerAt, tookMs } from './requests';

/** Clients notice it. */
const SLOW_MS = 1_000;
const TIMES_MEDIAN = 10;
/** A pause of the machine may slow one request down, so the first one has to stand out from the slowest other one. */
const TIMES_SLOWEST = 3;
const LEAST_LATER = 5;

/** The first request of a target takes much longer than all others: clients meet a pod that has not warmed up. */
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
