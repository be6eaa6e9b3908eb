import { isSameCheck } from '../../../manifest/facts/sameCheck';
import type { HandlerFailure } from '../../../timeline/causes';
import { type Event, type EventOf, isA, type ProbeType } from '../../../timeline/event';
import { formatList } from '../../../wording/list';
import type { Incident } from '../incident';
import { broughtDown, decisiveAttempt } from './decisiveAttempt';
import { listensElsewhere } from './listeners';
import { initNotFinished, unresolvedName } from './names';
import type { ExplainRule } from './rule';

/** A server may reject the Host header of a probe with any of them. */
const STRANGE_HOST: readonly number[] = [400, 403, 421];
/** Statuses of requests that may be right: a timeout, a request that is too early, and one of too many. */
const NOT_REJECTED: readonly number[] = [408, 425, 429];

/** What the probe that brought it about was really told, and what that means. */
export const ofProbes: readonly ExplainRule[] = [
  unknownPort,
  missingProgram,
  erroredProbe,
  unrulyCount,
  wrongPath,
  hostHeader,
  unknownGRPCService,
  rejected,
  initNotFinished,
  unresolvedName,
  listensElsewhere,
  slowStart,
  hangUnseen,
  shortTimeout,
  nobodyListens,
  sameCheck,
  readyWhileKilled,
];

function unknownPort(incident: Incident) {
  const answer = decisiveAttempt(incident);
  if (answer?.result !== 'Errored' || !portName(incident, answer.probe)) return undefined;
  const ports = (incident.container?.ports ?? []).flatMap(({ name }) => name ?? []);
  const known = ports.length > 0 ? `it names ${ports.join(', ')}` : 'it names none';
  const text = `No port of ${answer.container} is called "${portName(incident, answer.probe)}" (${known}): such a probe never runs, and counts for nothing.`;
  return { cause: 'unknown-port', text, faq: 'probes.md#named-ports' };
}

/** The port a probe asks for by a name that its container does not have. */
function portName(incident: Incident, type: ProbeType): string | undefined {
  const { httpGet, tcpSocket } = incident.probe(type) ?? {};
  const port = (httpGet ?? tcpSocket)?.port;
  if (typeof port !== 'string') return undefined;
  return incident.container?.ports?.some(({ name }) => name === port) ? undefined : port;
}

function missingProgram(incident: Incident) {
  const answer = decisiveAttempt(incident);
  if (!answer || !incident.probe(answer.probe)?.exec || answer.failure?.kind !== 'programMissing') return undefined;
  const text =
    answer.result === 'Errored'
      ? `The image of ${answer.container} lacks the program of its ${answer.probe} probe: without a shell around it that counts for nothing, neither as success nor as failure.`
      : `The image of ${answer.container} lacks the program of its ${answer.probe} probe, and the shell around it makes that a failure.`;
  return { cause: 'exec-program-missing', text, faq: 'exec-probes.md#exec-probe-missing-binary' };
}

function erroredProbe(incident: Incident) {
  const answer = decisiveAttempt(incident);
  if (answer?.result !== 'Errored') return undefined;
  const effect = answer.probe === 'liveness' ? 'restarts nothing' : 'never succeeds';
  const text = `A probe that cannot be carried out counts for nothing: this ${answer.probe} probe ${effect}.`;
  return { text, faq: 'probes.md#errored-probes' };
}

function unrulyCount(incident: Incident) {
  const answer = decisiveAttempt(incident);
  if (answer?.result !== 'Failure' || !broughtDown(incident)) return undefined;
  if (!crashedBefore(incident)) return undefined;
  const here = incident.lastLife.filter((event) => isA('ProbeFinished', event) && event.probe === answer.probe);
  if (here.length >= answer.threshold || answer.run < answer.threshold) return undefined;
  const text = `Failures from before a crash still count: ${answer.container} had failed ${answer.threshold - here.length} of ${answer.threshold} times before it started.`;
  return { text, faq: 'probes.md#failures-survive-a-crash' };
}

/** Whether the life before the last one ended by itself: a kill by a probe starts the count over. */
function crashedBefore({ past, lastLife }: Incident): boolean {
  const before = past.slice(0, past.indexOf(lastLife[0] as Event));
  const end = before.findLast((event) => isA('ContainerExited', event));
  const killing = before.findLast((event) => isA('Killing', event));
  const born = before.findLastIndex((event) => isA('Started', event));
  return end !== undefined && (!killing || before.indexOf(killing) < born);
}

function slowStart(incident: Incident) {
  const type = broughtDown(incident) ?? killedBefore(incident);
  if (!type || hasSucceeded(incident, type) || hasSucceeded(incident, 'startup')) return undefined;
  const name = incident.container?.name;
  if (type === 'startup') {
    const text = `The startup probe never succeeded: give ${name} longer with a higher failureThreshold, or mend what it is waiting for.`;
    return { cause: 'start-longer-than-probe', text, faq: 'startup.md#slow-start-liveness' };
  }
  const answer = incident.last('ProbeFinished', ({ probe, result }) => probe === type && result !== 'Success');
  if (type !== 'liveness' || !isNotUpYet(answer?.failure)) return undefined;
  const text = `The liveness probe killed ${name} before it had once succeeded; it does not wait for readiness: add a startupProbe, which holds it back.`;
  return { cause: 'start-longer-than-probe', text, faq: 'startup.md#slow-start-liveness' };
}

/** A restart is waited for that does not come: the kernel answers a tcpSocket probe, whatever the process does. */
function hangUnseen(incident: Incident) {
  const { event, container } = incident;
  if (event || !container?.livenessProbe?.tcpSocket || lastAnswer(incident, 'liveness')?.result !== 'Success')
    return undefined;
  if (lastAnswer(incident, 'readiness')?.failure?.kind !== 'timedOut') return undefined;
  const text = `${container.name} answers no more, and its liveness probe still succeeds: the kernel takes the connections of a process that hangs, and a tcpSocket probe asks for no more. Ask by httpGet or grpc.`;
  return { text, faq: 'probes.md#tcp-probe-frozen-app' };
}

function shortTimeout(incident: Incident) {
  const answer = decisiveAttempt(incident);
  const probe = answer && incident.probe(answer.probe);
  if (!probe || answer.failure?.kind !== 'timedOut') return undefined;
  const { timeoutSeconds } = probe;
  const given = `An answer of ${answer.container} has ${timeoutSeconds}s to come${timeoutSeconds === 1 ? ', which is the default' : ''}`;
  const text = `${given}: give ${answer.probe}Probe a longer timeoutSeconds, unless it hangs.`;
  const faq = probe.exec ? 'exec-probes.md#exec-probe-timeout' : 'probes.md#probe-timeout-one-second';
  return { cause: 'probe-timeout', text, faq };
}

function nobodyListens(incident: Incident) {
  const answer = decisiveAttempt(incident);
  if (answer?.failure?.kind !== 'refused') return undefined;
  const addresses = incident.last('ListenersSeen')?.addresses ?? [];
  const so = addresses.length > 0 ? ` The pod listens on ${formatList(addresses)} so far.` : '';
  const text = `Nothing listens on the port that the ${answer.probe} probe asks, at the pod's own IP: ${answer.container} is not up, uses another port, or has bound it to 127.0.0.1 only (bind 0.0.0.0).${so}`;
  return { text, faq: 'probes.md#bound-to-localhost' };
}

function wrongPath(incident: Incident) {
  const answer = decisiveAttempt(incident);
  const path = answer && incident.probe(answer.probe)?.httpGet?.path;
  if (!path || statusOf(answer) !== 404) return undefined;
  const text = `${answer.container} has nothing at ${path}, and only 200 to 399 is a success: set ${answer.probe}Probe.httpGet.path to one that it serves.`;
  return { cause: 'probe-path-not-found', text, faq: 'probes.md#probe-404' };
}

function unknownGRPCService(incident: Incident) {
  const answer = decisiveAttempt(incident);
  const grpc = answer && incident.probe(answer.probe)?.grpc;
  if (!grpc || codeOf(answer) !== 'NotFound') return undefined;
  const { service = '' } = grpc;
  const text = `The health server of ${answer.container} does not know the service ${JSON.stringify(service)}: register it there, or set ${answer.probe}Probe.grpc.service to one that it knows. Without a name the probe checks the server as a whole.`;
  return { cause: 'grpc-service-unknown' as const, text };
}

function hostHeader(incident: Incident) {
  const answer = decisiveAttempt(incident);
  const headers = answer && incident.probe(answer.probe)?.httpGet?.httpHeaders;
  if (!answer || !STRANGE_HOST.includes(statusOf(answer)) || headers?.some(({ name }) => /^host$/i.test(name)))
    return undefined;
  const text = `A probe's Host header is the pod's IP and port, which servers with a list of allowed hosts refuse: set httpHeaders, or allow it.`;
  return { cause: 'probe-host-refused', text, faq: 'probes.md#host-header' };
}

/** A client error that the path and the Host header do not explain. */
function rejected(incident: Incident) {
  const answer = decisiveAttempt(incident);
  if (!answer) return undefined;
  const field = `${answer.probe}Probe`;
  if (codeOf(answer) === 'Unimplemented') {
    const text = `${answer.container} does not serve the gRPC health protocol at the port of ${field}: register the health service there, or use another check.`;
    return { cause: 'probe-rejected' as const, text };
  }
  if (!isRejected(statusOf(answer))) return undefined;
  const text = `${answer.container} rejects the request of its ${answer.probe} probe, which more time does not change: serve the path without credentials and conditions, or set ${field}.httpGet.httpHeaders to what it needs.`;
  return { cause: 'probe-rejected' as const, text };
}

function sameCheck(incident: Incident) {
  const { container } = incident;
  const { livenessProbe, readinessProbe } = container ?? {};
  if (broughtDown(incident) !== 'liveness' || !container || !livenessProbe || !readinessProbe) return undefined;
  if (!isSameCheck(container, livenessProbe, readinessProbe)) return undefined;
  const text = `Liveness asks the same as readiness, so whatever ${container.name} waits for restarts it: let liveness ask only whether the process itself works.`;
  return { text, faq: 'probes.md#liveness-same-as-readiness' };
}

function readyWhileKilled(incident: Incident) {
  const killed = incident.last('Killing', ({ probe }) => probe === 'liveness');
  if (broughtDown(incident) !== 'liveness' || !killed || !incident.wasReadyAt(killed)) return undefined;
  if (incident.becameUnreadyAfter(killed)) return undefined;
  const text = `The pod was Ready all the while: a failing liveness probe takes no pod out of its Services, so requests were still sent to ${killed.container}.`;
  return { text, faq: 'endpoints.md#liveness-and-ready' };
}

/** True if the probe, or the command of the probe, found nobody to answer it. */
function isNotUpYet(failure: HandlerFailure | undefined): boolean {
  const kind = failure?.kind === 'exit' ? failure.says : failure?.kind;
  return kind === 'refused' || kind === 'timedOut';
}

/** The status of a response that failed an httpGet probe; 0 if there was none. */
function statusOf({ failure }: EventOf<'ProbeFinished'>): number {
  return failure?.kind === 'status' ? failure.status : 0;
}

/** True if the client is at fault, so that more time does not help. */
function isRejected(status: number): boolean {
  return status >= 400 && status < 500 && !NOT_REJECTED.includes(status);
}

/** The code of a call that failed a grpc probe. */
function codeOf({ failure }: EventOf<'ProbeFinished'>): string | undefined {
  return failure?.kind === 'rpc' ? failure.code : undefined;
}

/** The probe that had the instance before killed, of a container that has never been up. */
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
