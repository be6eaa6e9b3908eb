import type { Endpoint, EndpointChange } from '../../timeline/history/endpoints';
import { historyOf } from '../../timeline/history/podHistory';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePassed, makePending } from '../assertionResult';
import { assumption } from './assumption';

/** State of the pod in the EndpointSlice after it has left the ready endpoints. An omitted field matches both values. */
export interface LeftAs {
  /** True if the pod is still Ready. kube-proxy falls back to it if no other pod is. */
  readonly serving?: boolean | undefined;
  /** True if the pod is being deleted. */
  readonly terminating?: boolean | undefined;
}

/**
 * Passes when the pod, after it was a ready endpoint, is no longer one after `since` and is in the given state. Fails when the
 * pod has terminated.
 */
export function leftEndpoints(timeline: Timeline, since: Since, as: LeftAs = {}): AssertionResult {
  const { obstacle } = timeline.backend;
  if (obstacle !== undefined) return makeFailed(undefined, 'neverInEndpoints', { kind: 'unreachable', obstacle });
  return { ...leftFrom(timeline, since, as), remark: assumption(timeline) };
}

function leftFrom(timeline: Timeline, since: Since, as: LeftAs): AssertionResult {
  let hasLeft = false;
  let wasIn = false;
  let last: EndpointChange | undefined;
  for (const change of historyOf(timeline).endpointChanges) {
    const { before, endpoint, event } = change;
    last = change;
    wasIn ||= endpoint?.ready === true;
    if (endpoint?.ready) hasLeft = false;
    else if (before?.ready && historyOf(timeline).isFrom(since, event)) hasLeft = true;
    if (hasLeft && isAs(endpoint ?? { ...GONE, terminating: before?.terminating ?? false }, as))
      return makePassed(event, { kind: 'endpoint', endpoint });
  }
  const open = notLeft(last, hasLeft, wasIn);
  const { removed } = historyOf(timeline);
  return removed ? makeFailed(removed, open.received, open.reason ?? 'removed') : open;
}

function notLeft(last: EndpointChange | undefined, hasLeft: boolean, wasIn: boolean): AssertionResult {
  if (last?.endpoint?.ready) return makePending('inEndpoints');
  if (hasLeft) return makePending({ kind: 'endpoint', endpoint: last?.endpoint });
  if (!wasIn) return makePending('neverInEndpoints', 'notInEndpointsFirst');
  return makePending({ kind: 'endpoint', endpoint: last?.endpoint, isBefore: true }, 'notInEndpointsFirst');
}

/** Endpoint of a pod that has left the endpoints. */
const GONE = { ready: false, serving: false };

function isAs(is: Endpoint, { serving, terminating }: LeftAs): boolean {
  return (serving ?? is.serving) === is.serving && (terminating ?? is.terminating) === is.terminating;
}
