import type { CauseId } from '../../../timeline/failureCause';
import { dropPatternFrom } from '../../../timeline/history/dropPatterns';
import { historyOf } from '../../../timeline/history/podHistory';
import { type SignalTrouble, whyStillThere } from '../../../timeline/history/signalTrouble';
import type { Since } from '../../../timeline/since';
import { formatReason } from '../../../wording/facts/reason';
import { formatReceived } from '../../../wording/facts/received';
import { formatSignalTrouble } from '../../../wording/signalTrouble';
import { formatNoTraffic, formatTraffic } from '../../../wording/traffic';
import { clientsOf, type HttpCaller, refusable } from '../../model/clients';
import type { CheckStep, Step } from '../../model/experiment';
import type { NotChecked } from '../../model/notChecked';
import { assumed, pathOf, type Subject } from '../../model/subject';
import type { Evidence, TargetResult } from '../../model/targetResult';
import { unreachable } from '../../model/targetResult';
import { dropCauses } from './dropCause';
import { hooksRun } from './hooksRun';
import { toTargetResult } from './toTargetResult';

/** Deletes the pod while clients send requests: its hooks, its containers and the requests. */
export function deletion(subject: Subject): readonly Step[] {
  const clients = clientsOf(subject);
  const unreached = unreachable(subject, 'drains');
  return [
    ...(clients.length > 0
      ? ([
          { do: 'chooseTargets', clients },
          { do: 'requests', clients },
        ] as const)
      : []),
    { do: 'delete' },
    ...hooksRun(subject, 'preStop'),
    terminatesInGrace(),
    ...(unreached ? [{ result: unreached }] : []),
    ...(clients.length > 0 ? [drains(subject, clients)] : []),
  ];
}

/** What the requests of clients do not show. */
export function trafficGaps({ backend: { isAssumed, obstacle }, paths = [] }: Subject): readonly NotChecked[] {
  const why = obstacle ?? (isAssumed ? 'no Service of the manifest selects the pod' : undefined);
  return [
    ...(why === undefined ? [] : [{ check: 'drains', what: 'requests through a Service', why } as const]),
    ...(paths.length > 0
      ? []
      : [{ check: 'drains', what: 'requests for paths that clients use', why: 'no --path names one' } as const]),
  ];
}

function terminatesInGrace(): CheckStep {
  return {
    check: 'terminates-in-grace',
    assertion: { kind: 'stoppedInGrace' },
    window: { kind: 'now' },
    counts: 'action',
    waitingFor: 'the pod to terminate',
    patches: ['grace'],
    toResult: (evidence, { from }) =>
      toTargetResult(
        {
          check: 'terminates-in-grace',
          cause: graceCause(evidence),
          field: 'spec.terminationGracePeriodSeconds',
          passed: (took) => `deleted, the pod is gone after ${took}, without SIGKILL`,
          failed: (failure) => `deleted, the pod does not end by itself: ${whyNotEnded(failure)}`,
          saysReceived: true,
          from,
        },
        evidence,
      ),
  };
}

/** Undefined if nobody has seen the processes. */
function graceCause({ timeline }: Evidence): CauseId | undefined {
  const stop = historyOf(timeline).stops.find(({ killed, preStop }) => killed !== undefined || preStop?.outlived);
  if (stop?.preStop?.outlived) return 'prestop-exceeds-grace';
  return stop?.seen && whyStillThere(stop.seen)?.cause;
}

/** What was still running, and which of its processes kept it from exiting. */
function whyNotEnded({ timeline, result }: Evidence): string {
  const { received, reason } = result;
  const why = [formatReceived(received), ...(reason ? [formatReason(reason)] : [])].join(': ');
  const seen = historyOf(timeline).stops.find(({ killed }) => killed !== undefined)?.seen;
  const trouble: SignalTrouble | undefined = seen && whyStillThere(seen);
  const isSaid = reason?.kind === 'sigkilled' && reason.trouble?.kind === trouble?.kind;
  return trouble && !isSaid ? `${why}; ${formatSignalTrouble(trouble)}` : why;
}

function drains(subject: Subject, clients: readonly HttpCaller[]): CheckStep {
  return {
    check: 'drains',
    assertion: { kind: 'dropsNoRequests', mayRefuse: refusable(clients) },
    window: { kind: 'now' },
    counts: 'action',
    waitingFor: 'the requests to end',
    patches: ['drain'],
    toResult: (evidence, { since }) => drained(subject, clients, evidence, since),
  };
}

function drained(subject: Subject, clients: readonly HttpCaller[], evidence: Evidence, since: Since): TargetResult {
  const { result, timeline } = evidence;
  const history = historyOf(timeline);
  const requests = history.from(since, history.requests);
  if (requests.length === 0) {
    const sentence = formatNoTraffic(clients.map(({ port }) => port));
    return { check: 'drains', outcome: 'notApplicable', sentence };
  }
  const sent = formatTraffic(requests);
  if (result.outcome !== 'failed') {
    const sentence = `deleted, the pod drops none of ${requests.length} requests (${sent})${assumed(subject)}`;
    return { check: 'drains', outcome: 'passed', sentence };
  }
  const container = whoDrops(subject, evidence);
  const causes = dropCauses(timeline, container, result.event);
  return {
    check: 'drains',
    outcome: 'failed',
    cause: dropPatternFrom(timeline, result.event)?.cause,
    container,
    sentence: `deleted, the pod drops requests: ${[`${formatReceived(result.received)} (${sent})`, ...causes].join('; ')}`,
    saysReceived: true,
    record: evidence,
    field: `${pathOf(subject, container)}.lifecycle`,
  };
}

/** Of several containers with that port, the first one that exited. */
function whoDrops(subject: Subject, { result: { event }, timeline }: Evidence): string {
  const clients = clientsOf(subject);
  const port = event?.kind === 'RequestFinished' ? event.port : undefined;
  const asked = clients.filter((client) => client.port === port);
  const names = (asked.length > 0 ? asked : clients).map(({ container }) => container);
  return historyOf(timeline).exits.find(({ container }) => names.includes(container))?.container ?? names[0] ?? '';
}
