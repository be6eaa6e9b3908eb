import { type SignalTrouble, troubleText, whyStillThere } from '../../../timeline/signalTrouble';
import { stopsOf } from '../../../timeline/stop';
import { type Client, clientsOf, refusable } from '../../model/clients';
import type { CheckStep, Step } from '../../model/experiment';
import { assumed, pathOf, type Subject, unreachable } from '../../model/subject';
import type { Evidence, TargetResult } from '../../model/targetResult';
import { dropCauses } from './dropCause';
import { hooksRun } from './hooksRun';
import { toTargetResult } from './toTargetResult';

/** Deletes the pod while clients send requests: its hooks, its containers and the requests. */
export function deletion(subject: Subject): readonly Step[] {
  const clients = clientsOf(subject);
  const unreached = unreachable(subject, 'drains');
  return [
    ...(clients.length > 0 ? [{ do: 'requests', clients } as const] : []),
    { do: 'delete' },
    ...hooksRun(subject, 'preStop'),
    terminatesInGrace(),
    ...(unreached ? [{ result: unreached }] : []),
    ...(clients.length > 0 ? [drains(subject, clients)] : []),
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
          field: 'spec.terminationGracePeriodSeconds',
          passed: (took) => `deleted, the pod is gone after ${took}, without SIGKILL`,
          failed: (failure) => `deleted, the pod does not end by itself: ${whyNotEnded(failure)}`,
          from,
        },
        evidence,
      ),
  };
}

/** What was still running, and which of its processes kept it from exiting. */
function whyNotEnded({ timeline, judgement }: Evidence): string {
  const why = [judgement.received, judgement.why].filter(Boolean).join(': ');
  const seen = stopsOf(timeline).find(({ killed }) => killed !== undefined)?.seen;
  const trouble: SignalTrouble | undefined = seen && whyStillThere(seen);
  return trouble && !why.includes(trouble.wrong) ? `${why}; ${troubleText(trouble)}` : why;
}

function drains(subject: Subject, clients: readonly Client[]): CheckStep {
  return {
    check: 'drains',
    assertion: { kind: 'dropsNoRequests', mayRefuse: refusable(clients) },
    window: { kind: 'now' },
    counts: 'action',
    waitingFor: 'the requests to end',
    patches: ['drain'],
    toResult: (evidence) => drained(subject, evidence),
  };
}

function drained(subject: Subject, evidence: Evidence): TargetResult {
  const { judgement, timeline } = evidence;
  const requests = timeline.of('RequestFinished').length;
  if (judgement.outcome !== 'violated') {
    const sentence = `deleted, the pod drops none of ${requests} requests${assumed(subject)}`;
    return { check: 'drains', outcome: 'passed', sentence };
  }
  const container = whoDrops(subject, evidence);
  const causes = dropCauses(timeline, container);
  return {
    check: 'drains',
    outcome: 'failed',
    container,
    sentence: `deleted, the pod drops requests: ${[judgement.received, ...causes].join('; ')}`,
    record: evidence,
    field: `${pathOf(subject, container)}.lifecycle`,
  };
}

/** Of several containers with that path, the first one that exited. */
function whoDrops(subject: Subject, { judgement: { event }, timeline }: Evidence): string {
  const clients = clientsOf(subject);
  const path = event?.kind === 'RequestFinished' ? event.path : undefined;
  const asked = clients.filter((client) => client.path === path);
  const names = (asked.length > 0 ? asked : clients).map(({ container }) => container);
  return timeline.of('ContainerExited').find(({ container }) => names.includes(container))?.container ?? names[0] ?? '';
}
