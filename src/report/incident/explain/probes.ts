import { isSameCheck } from '../../../manifest/facts/sameCheck';
import type { HandlerFailure } from '../../../timeline/causes';
import { type Event, type EventOf, isA, type ProbeType } from '../../../timeline/event';
import type { Incident } from '../incident';
import { broughtDown, decisiveAttempt } from './decisiveAttempt';
import { listensElsewhere } from './listeners';
import { initNotFinished, unresolvedName } from './names';
import type { ExplainRule, FoundExplanation } from './rule';

/** A server may reject the Host header of a probe with any of them. */
const STRANGE_HOST: readonly number[] = [400, 403, 421];
/** Statuses that a later request may not get: a timeout, a request that is too early, and one of too many. */
const NOT_REJECTED: readonly number[] = [408, 425, 429];

/** Rules for the probe that decided, and its last attempt. */
export const ofProbes: readonly ExplainRule[] = [
  unknownPort,
  missingProgram,
  erroredProbe,
  failuresBeforeCrash,
  wrongPath,
  hostHeader,
  unknownGRPCService,
  requestRejection,
  initNotFinished,
  unresolvedName,
  listensElsewhere,
  slowStart,
  hangUnseen,
  shortTimeout,
  nothingListens,
  sameCheck,
  readyWhileKilled,
];

function unknownPort(incident: Incident): FoundExplanation | undefined {
  const answer = decisiveAttempt(incident);
  const port = answer && portName(incident, answer.probe);
  if (answer?.result !== 'Errored' || !port) return undefined;
  const { container, probe } = answer;
  const names = (incident.container?.ports ?? []).flatMap(({ name }) => name ?? []);
  return { cause: 'unknown-port', message: { kind: 'named-ports', container, probe, port, names } };
}

/** Returns the name of the probe's port if the container has no such port. */
function portName(incident: Incident, type: ProbeType): string | undefined {
  const { httpGet, tcpSocket } = incident.probe(type) ?? {};
  const port = (httpGet ?? tcpSocket)?.port;
  if (typeof port !== 'string') return undefined;
  return incident.container?.ports?.some(({ name }) => name === port) ? undefined : port;
}

function missingProgram(incident: Incident): FoundExplanation | undefined {
  const answer = decisiveAttempt(incident);
  if (!answer || !incident.probe(answer.probe)?.exec || answer.failure?.kind !== 'programMissing') return undefined;
  const { container, probe, result } = answer;
  const isIgnored = result === 'Errored';
  return {
    cause: 'exec-program-missing',
    message: { kind: 'exec-probe-missing-binary', container, probe, isIgnored },
  };
}

function erroredProbe(incident: Incident): FoundExplanation | undefined {
  const answer = decisiveAttempt(incident);
  if (answer?.result !== 'Errored') return undefined;
  return { message: { kind: 'errored-probes', probe: answer.probe } };
}

function failuresBeforeCrash(incident: Incident): FoundExplanation | undefined {
  const answer = decisiveAttempt(incident);
  if (answer?.result !== 'Failure' || !broughtDown(incident)) return undefined;
  if (!crashedBefore(incident)) return undefined;
  const here = incident.lastLife.filter((event) => isA('ProbeFinished', event) && event.probe === answer.probe);
  if (here.length >= answer.threshold || answer.run < answer.threshold) return undefined;
  const { container, threshold } = answer;
  const failures = threshold - here.length;
  return { message: { kind: 'failures-survive-a-crash', container, failures, threshold } };
}

/** True if the previous instance exited without a kill. A kill by a probe resets the count. */
function crashedBefore({ past, lastLife }: Incident): boolean {
  const before = past.slice(0, past.indexOf(lastLife[0] as Event));
  const end = before.findLast((event) => isA('ContainerExited', event));
  const killing = before.findLast((event) => isA('Killing', event));
  const born = before.findLastIndex((event) => isA('Started', event));
  return end !== undefined && (!killing || before.indexOf(killing) < born);
}

function slowStart(incident: Incident): FoundExplanation | undefined {
  const type = broughtDown(incident) ?? killedBefore(incident);
  if (!type || hasSucceeded(incident, type) || hasSucceeded(incident, 'startup')) return undefined;
  const { name: container = '' } = incident.container ?? {};
  if (type === 'startup')
    return { cause: 'start-longer-than-probe', message: { kind: 'slow-start-startup', container } };
  const answer = incident.last('ProbeFinished', ({ probe, result }) => probe === type && result !== 'Success');
  if (type !== 'liveness' || !isStillStarting(answer?.failure)) return undefined;
  return { cause: 'start-longer-than-probe', message: { kind: 'slow-start-liveness', container } };
}

/** Finds a missing restart: the kernel accepts the connection of a tcpSocket probe although the app hangs. */
function hangUnseen(incident: Incident): FoundExplanation | undefined {
  const { event, container } = incident;
  if (event || !container?.livenessProbe?.tcpSocket || lastAnswer(incident, 'liveness')?.result !== 'Success')
    return undefined;
  if (lastAnswer(incident, 'readiness')?.failure?.kind !== 'timedOut') return undefined;
  return { message: { kind: 'tcp-probe-frozen-app', container: container.name } };
}

function shortTimeout(incident: Incident): FoundExplanation | undefined {
  const answer = decisiveAttempt(incident);
  const probe = answer && incident.probe(answer.probe);
  if (!probe || answer.failure?.kind !== 'timedOut') return undefined;
  const { timeoutSeconds, exec } = probe;
  const message = {
    kind: 'probe-timeout',
    container: answer.container,
    probe: answer.probe,
    timeoutSeconds,
    isExec: exec !== undefined,
  } as const;
  return { cause: 'probe-timeout', message };
}

function nothingListens(incident: Incident): FoundExplanation | undefined {
  const answer = decisiveAttempt(incident);
  if (answer?.failure?.kind !== 'refused') return undefined;
  const addresses = incident.last('ListenersSeen')?.addresses ?? [];
  const { container, probe } = answer;
  return { message: { kind: 'nothing-listens', container, probe, addresses } };
}

function wrongPath(incident: Incident): FoundExplanation | undefined {
  const answer = decisiveAttempt(incident);
  const path = answer && incident.probe(answer.probe)?.httpGet?.path;
  if (!path || statusOf(answer) !== 404) return undefined;
  const { container, probe } = answer;
  return { cause: 'probe-path-not-found', message: { kind: 'probe-404', container, probe, path } };
}

function unknownGRPCService(incident: Incident): FoundExplanation | undefined {
  const answer = decisiveAttempt(incident);
  const grpc = answer && incident.probe(answer.probe)?.grpc;
  if (!grpc || codeOf(answer) !== 'NotFound') return undefined;
  const { service = '' } = grpc;
  const { container, probe } = answer;
  return { cause: 'grpc-service-unknown', message: { kind: 'grpc-service-unknown', container, probe, service } };
}

function hostHeader(incident: Incident): FoundExplanation | undefined {
  const answer = decisiveAttempt(incident);
  const headers = answer && incident.probe(answer.probe)?.httpGet?.httpHeaders;
  if (!answer || !STRANGE_HOST.includes(statusOf(answer)) || headers?.some(({ name }) => /^host$/i.test(name)))
    return undefined;
  const { container, probe } = answer;
  return { cause: 'probe-host-refused', message: { kind: 'host-header', container, probe } };
}

/** Finds a client error that neither the path nor the Host header explains. */
function requestRejection(incident: Incident): FoundExplanation | undefined {
  const answer = decisiveAttempt(incident);
  if (!answer) return undefined;
  const { container, probe } = answer;
  if (codeOf(answer) === 'Unimplemented')
    return { cause: 'probe-rejected', message: { kind: 'grpc-health-missing', container, probe } };
  if (!isRejected(statusOf(answer))) return undefined;
  return { cause: 'probe-rejected', message: { kind: 'probe-rejected', container, probe } };
}

function sameCheck(incident: Incident): FoundExplanation | undefined {
  const { container } = incident;
  const { livenessProbe, readinessProbe } = container ?? {};
  if (broughtDown(incident) !== 'liveness' || !container || !livenessProbe || !readinessProbe) return undefined;
  if (!isSameCheck(container, livenessProbe, readinessProbe)) return undefined;
  return { message: { kind: 'liveness-same-as-readiness', container: container.name } };
}

function readyWhileKilled(incident: Incident): FoundExplanation | undefined {
  const killed = incident.last('Killing', ({ probe }) => probe === 'liveness');
  if (broughtDown(incident) !== 'liveness' || !killed || !incident.wasReadyAt(killed)) return undefined;
  if (incident.becameUnreadyAfter(killed)) return undefined;
  const { name: container = '' } = incident.container ?? {};
  return { message: { kind: 'liveness-and-ready', container } };
}

/** True if the app did not respond to the probe, or to its command. */
function isStillStarting(failure: HandlerFailure | undefined): boolean {
  const kind = failure?.kind === 'exit' ? failure.says : failure?.kind;
  return kind === 'refused' || kind === 'timedOut';
}

/** Returns the status of a response that failed an httpGet probe, or 0 if there was none. */
function statusOf({ failure }: EventOf<'ProbeFinished'>): number {
  return failure?.kind === 'status' ? failure.status : 0;
}

/** True if the client is at fault, so that more time does not help. */
function isRejected(status: number): boolean {
  return status >= 400 && status < 500 && !NOT_REJECTED.includes(status);
}

/** Returns the code of a call that failed a grpc probe. */
function codeOf({ failure }: EventOf<'ProbeFinished'>): string | undefined {
  return failure?.kind === 'rpc' ? failure.code : undefined;
}

/** Returns the probe that killed the previous instance of a container that has never been up. */
function killedBefore({ past, lastLife }: Incident): ProbeType | undefined {
  const hasAnswered = past.some((event) => isA('ProbeFinished', event) && event.result === 'Success');
  const hasEnded = lastLife.some((event) => isA('ContainerExited', event));
  return hasAnswered || hasEnded ? undefined : past.findLast((event) => isA('Killing', event))?.probe;
}

function lastAnswer({ lastLife }: Incident, type: ProbeType): EventOf<'ProbeFinished'> | undefined {
  return lastLife.findLast((one): one is EventOf<'ProbeFinished'> => isA('ProbeFinished', one) && one.probe === type);
}

function hasSucceeded({ lastLife }: Incident, type: ProbeType): boolean {
  return lastLife.some((event) => isA('ProbeFinished', event) && event.probe === type && event.result === 'Success');
}
