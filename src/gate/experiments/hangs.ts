import type { Assertion } from '../../assertions/assertion';
import { type AttemptFilter, attemptsOf, type Unobserved, unobservedProbes } from '../../assertions/events/attempts';
import type { Severity } from '../../lint/rule';
import type { Container, Pod, Probe } from '../../manifest/model';
import type { EventOf } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { Miss } from '../../wording/gate/results/misses';
import type { CheckId } from '../model/checks';
import type { CheckStep, Experiment, ExperimentFile, ResultStep, WaitFacts } from '../model/experiment';
import type { FaultDefinition } from '../model/fault';
import { isServiceAssumed, pathOf, runningContainers, type Subject } from '../model/subject';
import { type Evidence, type TargetResult, unreachable } from '../model/targetResult';
import { restartDetected } from './steps/detected';
import { recovers } from './steps/recovers';
import { toTargetResult } from './steps/toTargetResult';

const HANG: FaultDefinition = { fault: 'hang', expected: 'restartedByLiveness' };

/** Freezes a container. Readiness must remove the pod from the endpoints, liveness must restart it, and it must recover. */
export const hangs: ExperimentFile = {
  experimentsFor: (subject) => runningContainers(subject).map((container) => hang(subject, container)),
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
      ? [
          { together: detections },
          { do: 'thaw', container: name, unless: restarted },
          recovers(name, { kind: 'hung', container: name }),
        ]
      : [restartDetected(subject, name)];
  return {
    name: { kind: 'hangs', container: name },
    // The checks are about the frozen container, which does nothing.
    calmAfterMs: 0,
    fault: { ...HANG, target: name, container: name },
    steps: [{ do: 'start' }, { do: 'waitUntilReady' }, { do: 'freeze', container: name }, ...checks],
  };
}

/** Returns the liveness probe of a container if its failure restarts the container. */
function restartingProbe({ spec }: Pod, { livenessProbe, restartPolicy = spec.restartPolicy }: Container) {
  return restartPolicy === 'Never' ? undefined : livenessProbe;
}

function leavesEndpoints(subject: Subject, container: Container, readinessProbe: Probe): CheckStep | ResultStep {
  const { name } = container;
  const unreached = unreachable(subject, 'readiness-leaves-endpoints');
  if (unreached) return { result: { ...unreached, container: name } };
  return {
    check: 'readiness-leaves-endpoints',
    about: { kind: 'container', container: name },
    assertion: { kind: 'leftByReadiness', container: name },
    window: { kind: 'unready', container: name },
    counts: 'action',
    waitingFor: { kind: 'leavesEndpoints', container: name },
    toResult: (evidence, { since, from }) => {
      const unobserved = unobservedIn(evidence, { container: name, probe: 'readiness', from });
      if (unobserved) return notRun('readiness-leaves-endpoints', unobserved);
      const miss = missOf('readiness', container, evidence, from);
      const isByRestart = !hasFailed(evidence, name, since);
      return toTargetResult(
        {
          check: 'readiness-leaves-endpoints',
          container: name,
          field: `${pathOf(subject, name)}.readinessProbe`,
          severity: severityOfMiss(readinessProbe),
          cause: 'readiness-misses-hang',
          passed: (tookMs) => ({
            kind: 'leavesEndpoints',
            container: name,
            tookMs,
            isByRestart,
            isAssumed: isServiceAssumed(subject),
          }),
          failed: () => ({ kind: 'staysInEndpoints', container: name, miss }),
          ...(miss.kind !== 'reported' && { saysReceived: false }),
          from,
        },
        evidence,
      );
    },
  };
}

/** True if the readiness probe failed before the pod left the endpoints. */
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
    about: { kind: 'container', container: name },
    assertion: { kind: 'restarted', container: name, because: 'liveness' },
    window: { kind: 'restarted', container: name },
    counts: 'action',
    waitingFor: { kind: 'restart', container: name },
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
          passed: (tookMs) => ({
            kind: 'hangDetected',
            container: name,
            tookMs,
            pauseMs: lethalPauseMs(evidence, wait),
          }),
          failed: () => ({ kind: 'hangNotDetected', container: name, miss }),
          ...(miss.kind !== 'reported' && { saysReceived: false }),
          from: wait.from,
        },
        evidence,
      );
    },
  };
}

/** Returns how long a pause is enough for the liveness probe to kill the container. */
function lethalPauseMs({ timeline }: Evidence, { since, from }: WaitFacts): number | undefined {
  const history = historyOf(timeline);
  const killing = history.from(since, history.killings).find(({ probe }) => probe === 'liveness');
  return killing && killing.at - from;
}

/**
 * Returns a warning for tcpSocket and exec, because charts of servers without HTTP use them and only a hang shows the
 * difference. Another probe that succeeds without a response of the container checks something else.
 */
function severityOfMiss({ tcpSocket, exec }: Probe): Severity {
  return tcpSocket || exec ? 'warning' : 'error';
}

/** Returns the probe if it finished too few attempts to detect the fault, and none of them succeeded. */
function unobservedIn({ timeline, result, pod }: Evidence, filter: AttemptFilter): Unobserved | undefined {
  if (result.outcome !== 'pending' || attemptsOf(timeline, filter).some(isSuccess)) return undefined;
  const { container, probe, from } = filter;
  return unobservedProbes(timeline, pod.spec, { containers: [container], probes: [probe], from })[0];
}

function notRun(check: CheckId, unobserved: Unobserved): TargetResult {
  const { container } = unobserved;
  return { check, container, outcome: 'notRun', message: { kind: 'hangNotObserved', unobserved } };
}

function isSuccess({ result }: EventOf<'ProbeFinished'>): boolean {
  return result === 'Success' || result === 'Warning';
}

/** Returns a protocol of the container in which a probe needs a response. */
function requestFor(container: Container): Extract<Miss, { kind: 'tcpStillConnects' }>['request'] {
  const { startupProbe, livenessProbe, readinessProbe, lifecycle } = container;
  const handlers = [startupProbe, livenessProbe, readinessProbe, lifecycle?.postStart, lifecycle?.preStop];
  if (handlers.some((handler) => handler?.httpGet)) return 'httpGet';
  return [startupProbe, livenessProbe, readinessProbe].some((probe) => probe?.grpc) ? 'grpc' : 'other';
}

/** Returns why a probe does not detect that its container hangs. */
function missOf(
  probe: 'liveness' | 'readiness',
  container: Container,
  evidence: Evidence,
  from: WaitFacts['from'],
): Miss {
  const attempts = attemptsOf(evidence.timeline, { container: container.name, probe, from });
  if (!attempts.some(isSuccess)) return { kind: 'reported', result: evidence.result };
  const { tcpSocket, exec } = container[`${probe}Probe`] ?? {};
  if (tcpSocket) return { kind: 'tcpStillConnects', probe, request: requestFor(container) };
  return { kind: exec ? 'commandStillSucceeds' : 'probeStillSucceeds', probe };
}
