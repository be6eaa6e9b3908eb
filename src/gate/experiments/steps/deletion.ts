import type { CauseId } from '../../../timeline/failureCause';
import { dropPatternFrom } from '../../../timeline/history/dropPatterns';
import { historyOf } from '../../../timeline/history/podHistory';
import { explainStillRunning } from '../../../timeline/history/signalTrouble';
import type { Since } from '../../../timeline/since';
import type { GapMessage } from '../../../wording/gate/gaps';
import { clientsOf, type HttpCaller, refusable } from '../../model/clients';
import type { CheckStep, Step } from '../../model/experiment';
import type { NotChecked } from '../../model/notChecked';
import { isServiceAssumed, pathOf, type Subject } from '../../model/subject';
import type { Evidence, TargetResult } from '../../model/targetResult';
import { unreachable } from '../../model/targetResult';
import { dropCauses } from './dropCause';
import { hooksRun } from './hooksRun';
import { toTargetResult } from './toTargetResult';

/** Deletes the pod while clients send requests, and checks its hooks, its containers and the requests. */
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

/** Returns gaps in the requests of clients. */
export function trafficGaps({ backend: { isAssumed, obstacle }, paths = [] }: Subject): readonly NotChecked[] {
  const gaps: readonly (GapMessage | false | undefined)[] = [
    obstacle === undefined ? isAssumed && { kind: 'assumedService' } : { kind: 'obstructedService', obstacle },
    paths.length === 0 && { kind: 'unnamedPaths' },
  ];
  return gaps.flatMap((gap) => (gap ? [{ check: 'drains', gap }] : []));
}

function terminatesInGrace(): CheckStep {
  return {
    check: 'terminates-in-grace',
    assertion: { kind: 'stoppedInGrace' },
    window: { kind: 'now' },
    counts: 'action',
    waitingFor: { kind: 'termination' },
    patches: ['grace'],
    toResult: (evidence, { from }) =>
      toTargetResult(
        {
          check: 'terminates-in-grace',
          cause: graceCause(evidence),
          field: 'spec.terminationGracePeriodSeconds',
          passed: (tookMs) => ({ kind: 'terminated', tookMs }),
          failed: ({ result }) => ({ kind: 'notTerminated', result }),
          saysReceived: true,
          from,
        },
        evidence,
      ),
  };
}

/** Returns the cause that the processes show; undefined if they were not recorded. */
function graceCause({ timeline }: Evidence): CauseId | undefined {
  const stop = historyOf(timeline).stops.find(({ killed, preStop }) => killed !== undefined || preStop?.outlived);
  if (stop?.preStop?.outlived) return 'prestop-exceeds-grace';
  return stop?.seen && explainStillRunning(stop.seen)?.cause;
}

function drains(subject: Subject, clients: readonly HttpCaller[]): CheckStep {
  return {
    check: 'drains',
    assertion: { kind: 'dropsNoRequests', mayRefuse: refusable(clients) },
    window: { kind: 'now' },
    counts: 'action',
    waitingFor: { kind: 'requests' },
    patches: ['drain'],
    toResult: (evidence, { since }) => evaluateDrain(subject, clients, evidence, since),
  };
}

function evaluateDrain(
  subject: Subject,
  clients: readonly HttpCaller[],
  evidence: Evidence,
  since: Since,
): TargetResult {
  const { result, timeline } = evidence;
  const history = historyOf(timeline);
  const requests = history.from(since, history.requests);
  if (requests.length === 0) {
    const ports = clients.map(({ port }) => port);
    return { check: 'drains', outcome: 'notApplicable', message: { kind: 'noTraffic', ports } };
  }
  if (result.outcome !== 'failed') {
    const message = { kind: 'drained', requests, isAssumed: isServiceAssumed(subject) } as const;
    return { check: 'drains', outcome: 'passed', message };
  }
  const container = findDropper(subject, evidence);
  const causes = dropCauses(timeline, container, result.event);
  return {
    check: 'drains',
    outcome: 'failed',
    cause: dropPatternFrom(timeline, result.event)?.cause,
    container,
    message: { kind: 'dropped', received: result.received, requests, causes },
    saysReceived: true,
    record: evidence,
    field: `${pathOf(subject, container)}.lifecycle`,
  };
}

/** Returns the container that dropped a request. If several have its port, it returns the first one that exited. */
function findDropper(subject: Subject, { result: { event }, timeline }: Evidence): string {
  const clients = clientsOf(subject);
  const port = event?.kind === 'RequestFinished' ? event.port : undefined;
  const asked = clients.filter((client) => client.port === port);
  const names = (asked.length > 0 ? asked : clients).map(({ container }) => container);
  return historyOf(timeline).exits.find(({ container }) => names.includes(container))?.container ?? names[0] ?? '';
}
