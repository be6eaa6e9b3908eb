import type { Assertion } from '../../assertions/assertion';
import { type AttemptFilter, attemptsOf, type Unobserved, unobservedProbes } from '../../assertions/events/attempts';
import type { Severity } from '../../lint/rule';
import type { Container, Pod, Probe } from '../../manifest/model';
import type { EventOf } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import { attemptsText } from '../../wording/attempts';
import { roughly } from '../../wording/roughly';
import type { CheckId } from '../model/checks';
import type { CheckStep, Experiment, ExperimentFile, ResultStep, WaitFacts } from '../model/experiment';
import type { FaultDefinition } from '../model/fault';
import { assumed, pathOf, runningContainers, type Subject } from '../model/subject';
import { type Evidence, type TargetResult, unreachable, whyOf } from '../model/targetResult';
import { restartDetected } from './steps/detected';
import { recovers } from './steps/recovers';
import { toTargetResult } from './steps/toTargetResult';

const HANG: FaultDefinition = {
  fault: 'hang',
  how: 'every process of the container is stopped (SIGSTOP)',
  right: 'its liveness probe has it restarted, and the pod is Ready again',
  expected: 'restartedByLiveness',
};

/** Freezes a container. Readiness must remove the pod from the endpoints, liveness must restart it, and it must recover. */
export const hangs: ExperimentFile = {
  experimentsFor: (subject) => runningContainers(subject).map((container) => hang(subject, container)),
  reasons: {
    'liveness-detects-hang': 'no container has a livenessProbe, so nothing restarts one that hangs',
    'readiness-leaves-endpoints':
      'no container has a readinessProbe, so the pod stays in the endpoints whatever happens',
    recovers: 'no container has a probe that would notice a hang, or is restarted after a crash',
  },
  fault: HANG,
};

function hang(subject: Subject, container: Container): Experiment {
  const { name, readinessProbe } = container;
  const livenessProbe = restartingProbe(subject.pod, container);
  const leaves = readinessProbe && !subject.backend.publishNotReadyAddresses;
  const detections = [
    ...(leaves ? [leavesEndpoints(subject, container, readinessProbe)] : []),
    ...(livenessProbe ? [restarts(subject, container, livenessProbe)] : []),
  ];
  const restarted: Assertion = { kind: 'restarted', container: name, because: 'liveness' };
  const checks: Experiment['steps'] =
    livenessProbe || readinessProbe
      ? [{ together: detections }, { do: 'thaw', container: name, unless: restarted }, recovers(name, `${name} hung`)]
      : [restartDetected(subject, name)];
  return {
    name: `${name} hangs`,
    tried: `${name} frozen`,
    // The checks are about the frozen container, and it does nothing.
    calmAfterMs: 0,
    fault: { ...HANG, target: name, container: name },
    steps: [{ do: 'start' }, { do: 'waitUntilReady' }, { do: 'freeze', container: name }, ...checks],
  };
}

/** The liveness probe of a container that is restarted if it fails. */
function restartingProbe({ spec }: Pod, { livenessProbe, restartPolicy = spec.restartPolicy }: Container) {
  return restartPolicy === 'Never' ? undefined : livenessProbe;
}

function leavesEndpoints(subject: Subject, container: Container, readinessProbe: Probe): CheckStep | ResultStep {
  const { name } = container;
  const unreached = unreachable(subject, 'readiness-leaves-endpoints');
  if (unreached) return { result: { ...unreached, container: name } };
  return {
    check: 'readiness-leaves-endpoints',
    about: name,
    assertion: { kind: 'leftByReadiness', container: name },
    window: { kind: 'unready', container: name },
    counts: 'action',
    waitingFor: `${name} to leave the endpoints`,
    toResult: (evidence, { since, from }) => {
      const unobserved = unobservedIn(evidence, { container: name, probe: 'readiness', from });
      if (unobserved) return notRun('readiness-leaves-endpoints', unobserved);
      const miss = missOf('readiness', container, evidence, from);
      const how = hasFailed(evidence, name, since)
        ? ''
        : ', when its liveness probe has it restarted: readiness comes later';
      return toTargetResult(
        {
          check: 'readiness-leaves-endpoints',
          container: name,
          field: `${pathOf(subject, name)}.readinessProbe`,
          severity: severityOfMiss(readinessProbe),
          cause: 'readiness-misses-hang',
          passed: (took) => `when ${name} hangs, the pod leaves the endpoints after ${took}${how}${assumed(subject)}`,
          failed: () => `when ${name} hangs, the pod goes on getting requests: ${miss.why}`,
          saysReceived: miss.saysReceived,
          from,
        },
        evidence,
      );
    },
  };
}

/** Whether its readiness probe failed before the pod left the endpoints. */
function hasFailed({ timeline, result: { event } }: Evidence, name: string, since: number): boolean {
  const history = historyOf(timeline);
  const until = event ? history.placeOf(event) : history.end;
  return history.from(since, history.attempts).some((one) => {
    const isReadiness = one.container === name && one.probe === 'readiness';
    return isReadiness && one.result === 'Failure' && history.placeOf(one) < until;
  });
}

function restarts(subject: Subject, container: Container, livenessProbe: Probe): CheckStep {
  const { name } = container;
  return {
    check: 'liveness-detects-hang',
    about: name,
    assertion: { kind: 'restarted', container: name, because: 'liveness' },
    window: { kind: 'restarted', container: name },
    counts: 'action',
    waitingFor: `${name} to be restarted`,
    toResult: (evidence, wait) => {
      const unobserved = unobservedIn(evidence, { container: name, probe: 'liveness', from: wait.from });
      if (unobserved) return notRun('liveness-detects-hang', unobserved);
      const miss = missOf('liveness', container, evidence, wait.from);
      return toTargetResult(
        {
          check: 'liveness-detects-hang',
          container: name,
          field: `${pathOf(subject, name)}.livenessProbe`,
          severity: severityOfMiss(livenessProbe),
          cause: 'liveness-misses-hang',
          passed: (took) => `when ${name} hangs, it is restarted after ${took}${lethal(evidence, wait)}`,
          failed: () => `when ${name} hangs, it hangs for ever: ${miss.why}`,
          saysReceived: miss.saysReceived,
          from: wait.from,
        },
        evidence,
      );
    },
  };
}

/** A container that hangs for so long is killed, even if it would have continued. */
function lethal({ timeline }: Evidence, { since, from }: WaitFacts): string {
  const history = historyOf(timeline);
  const killing = history.from(since, history.killings).find(({ probe }) => probe === 'liveness');
  return killing ? `; a pause of ${roughly(killing.at - from)} is enough for its liveness probe to kill it` : '';
}

/**
 * Charts of servers without HTTP use such probes, and a hang alone shows the difference. A probe that requests a response
 * and succeeds all the same is not of the container.
 */
function severityOfMiss({ tcpSocket, exec }: Probe): Severity {
  return tcpSocket || exec ? 'warning' : 'error';
}

/** The probe, if it finished too few attempts to detect the fault, and none of them shows that it never will. */
function unobservedIn({ timeline, result, pod }: Evidence, filter: AttemptFilter): Unobserved | undefined {
  if (result.outcome !== 'pending' || attemptsOf(timeline, filter).some(isSuccess)) return undefined;
  const { container, probe, from } = filter;
  return unobservedProbes(timeline, pod.spec, { containers: [container], probes: [probe], from })[0];
}

function notRun(check: CheckId, unobserved: Unobserved): TargetResult {
  const { container } = unobserved;
  return { check, container, outcome: 'notRun', sentence: `when ${container} hangs, ${attemptsText(unobserved)}` };
}

function isSuccess({ result }: EventOf<'ProbeFinished'>): boolean {
  return result === 'Success' || result === 'Warning';
}

/** A probe that needs a response, in a protocol that the container is known to speak. */
function requestFor(container: Container): string {
  const { startupProbe, livenessProbe, readinessProbe, lifecycle } = container;
  const handlers = [startupProbe, livenessProbe, readinessProbe, lifecycle?.postStart, lifecycle?.preStop];
  if (handlers.some((handler) => handler?.httpGet)) return 'ask it by httpGet';
  if ([startupProbe, livenessProbe, readinessProbe].some((probe) => probe?.grpc)) return 'ask it by grpc';
  return 'ask it by exec, with a client of its protocol that waits for a response, or by httpGet or grpc if it serves one';
}

/** Why a probe does not detect that a container hangs. */
function missOf(
  type: 'liveness' | 'readiness',
  container: Container,
  evidence: Evidence,
  from: WaitFacts['from'],
): { readonly why: string; readonly saysReceived?: false } {
  const attempts = attemptsOf(evidence.timeline, { container: container.name, probe: type, from });
  if (attempts.some(isSuccess)) return { why: whyStillSucceeds(type, container), saysReceived: false };
  return { why: whyOf(evidence) };
}

function whyStillSucceeds(type: 'liveness' | 'readiness', container: Container): string {
  const { tcpSocket, exec } = container[`${type}Probe`] ?? {};
  const still = `its ${type} probe still succeeds`;
  if (tcpSocket)
    return `${still}, as the kernel takes the connections of a process that stands still; ${requestFor(container)}`;
  if (exec) return `${still}, as its command runs beside the process that stands still and asks nothing of it`;
  return still;
}
