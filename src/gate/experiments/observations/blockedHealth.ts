import { median } from 'simple-statistics';
import { evaluate } from '../../../assertions/evaluate';
import { CREATED } from '../../../clock/instant';
import type { EventOf } from '../../../timeline/event';
import { historyOf } from '../../../timeline/history/podHistory';
import type { ObservedPod, Symptom } from '../../model/observation';
import { type ObservedProbe, observedProbesOf } from './probes';
import { answeredRequests, containerAt, type Request, tookMs } from './requests';

type HealthAttempt = EventOf<'ProbeFinished'>;

const SLOW_MS = 1_000;
/** An attempt that waits for the request takes at least this long. */
const WAITED_MS = 500;
/** Requests sent one after another may arrive in any order. */
const ORDER_MS = 50;
const LEAST_WAITED = 2;
const LEAST_QUIET = 2;
const QUICK_MS = 250;
const MOST_EXCEPTIONS = 0.2;

/** A health endpoint that waits for the slow request before it, because the container serves one request at a time. */
export const blockedHealth: Symptom = {
  severity: 'warning',
  kind: 'blockedHealth',
  cause: 'health-behind-slow-request',
  find: (seen) => {
    const { timeline, pod, since, from } = seen;
    const probes = observedProbesOf({ ...seen, from: CREATED }).filter(
      ({ spec: { httpGet, grpc } }) => httpGet ?? grpc,
    );
    const isDisturbed = evaluate({ kind: 'steadyState' }, { timeline, pod, since, actedAt: from }).outcome === 'failed';
    return probes.flatMap((probe) => {
      const { container, field } = probe;
      const slow = slowRequestsTo(seen, container);
      const beside = probes.filter((one) => one.container === container).flatMap(({ attempts }) => attempts);
      const waited = isQuickWithout(slow, beside) ? waitedAttempts(probe, slow) : [];
      const last = waited.at(-1);
      const [slowest] = slow.toSorted((one, other) => tookMs(other) - tookMs(one));
      if (!last || !slowest) return [];
      const { path } = slowest;
      const message = {
        kind: 'blockedHealth',
        container,
        probe: probe.probe,
        times: waited.length,
        path,
        requestMs: tookMs(slowest),
      } as const;
      const severity = isDisturbed && { severity: 'error' as const };
      return [{ container, field, event: last, message, ...severity }];
    });
  },
  gap: ({ timeline }) =>
    answeredRequests(timeline).length === 0 || answeredRequests(timeline).some((one) => tookMs(one) >= SLOW_MS)
      ? undefined
      : { kind: 'quickRequests', slowMs: SLOW_MS },
};

/** Returns the slow requests to a container, including those that a restart interrupted. */
function slowRequestsTo({ subject, timeline }: ObservedPod, container: string): readonly Request[] {
  return historyOf(timeline).requests.filter(
    (request) => tookMs(request) >= SLOW_MS && containerAt(subject, request.port) === container,
  );
}

/** Returns the attempts that waited for a request, if nearly all that began during a request did. */
function waitedAttempts({ attempts, spec: { timeoutSeconds } }: ObservedProbe, slow: readonly Request[]) {
  const during = attempts.flatMap((attempt) => {
    const request = slow.find((one) => isDuring(attempt, one));
    return request ? [{ attempt, request }] : [];
  });
  const waited = during.filter(({ attempt, request }) => hasWaited(attempt, request, timeoutSeconds * 1_000));
  const isClear = waited.length >= LEAST_WAITED && waited.length >= (1 - MOST_EXCEPTIONS) * during.length;
  return isClear ? waited.map(({ attempt }) => attempt) : [];
}

/** True if attempts succeed quickly while no slow request is in flight. */
function isQuickWithout(slow: readonly Request[], attempts: readonly HealthAttempt[]): boolean {
  const quiet = attempts.filter((one) => one.result === 'Success' && !slow.some((request) => overlaps(one, request)));
  return quiet.length >= LEAST_QUIET && median(quiet.map((attempt) => attempt.tookMs)) < QUICK_MS;
}

/** True if the attempt began during the request, which then took long enough to show. */
function isDuring({ at, tookMs: took }: HealthAttempt, { sentAt, at: answeredAt }: Request): boolean {
  const begunAt = at - took;
  return begunAt > sentAt + ORDER_MS && answeredAt - begunAt >= WAITED_MS;
}

function overlaps({ at, tookMs: took }: HealthAttempt, request: Request): boolean {
  return at - took < request.at && at > request.sentAt;
}

/** True if the attempt returned when the request did, or timed out before. */
function hasWaited({ at, tookMs: took, result }: HealthAttempt, request: Request, timeoutMs: number): boolean {
  const isTimedOut = result === 'Failure' && took >= timeoutMs && request.at > at;
  return isTimedOut || (took >= WAITED_MS && at >= request.at - ORDER_MS);
}
