import { behaviorOf } from '../../kubelet/behavior/behaviorOf';
import { carriedOver } from '../../lint/probes/startedCarriedOver';
import type { Container, PodSpec, Probe, RestartPolicy } from '../../manifest/model';
import { detectionTerms, periodMsOf, probeTiming } from '../../timing/probeTiming';
import { type StopTiming, stopTiming } from '../../timing/stopTiming';
import { postStartLimit } from '../../timing/waits';
import { formatDuration } from '../../wording/durations';
import { formatSummands } from '../../wording/limit';

export interface ExplainedContainer {
  readonly container: Container;
  /** The container's own, or the pod's. */
  readonly restartPolicy: RestartPolicy;
  /** The pod's. */
  readonly spec: PodSpec;
  readonly kubernetesVersion: string;
}

/** What the numbers of a container's probes and of its stop mean, a sentence or two each. */
export function wordsOn(explained: ExplainedContainer): readonly string[] {
  return [
    startWords(explained),
    ...carriedOverWords(explained),
    livenessWords(explained),
    readinessWords(explained),
    shutdownWords(explained),
  ];
}

/** Says how the start after a liveness kill differs from others. */
function carriedOverWords({ container, kubernetesVersion }: ExplainedContainer): readonly string[] {
  const { startupProbe, livenessProbe } = container;
  if (!startupProbe || !livenessProbe || !behaviorOf(kubernetesVersion).carriesStartedOver) return [];
  const effects = {
    killed: 'liveness can kill it before its startupProbe is tried',
    ready: 'the container is Ready before its startupProbe is tried',
    none: 'its startupProbe is tried before liveness can decide',
  };
  return [
    `restart by liveness: from Kubernetes 1.35 on it begins as started for up to ${formatDuration(periodMsOf(startupProbe))} (kubernetes/kubernetes#141155): ${effects[carriedOver(container) ?? 'none']}.`,
  ];
}

function startWords({ container, restartPolicy }: ExplainedContainer): string {
  const { startupProbe, livenessProbe } = container;
  const probe = startupProbe ?? livenessProbe;
  if (!probe) return 'start: nothing ends a start that takes too long.';
  if (unknownPort(container, probe) !== undefined) {
    return `start: nothing ends one that takes too long${startupProbe ? `, and none succeeds: ${errorWords(container, startupProbe)}` : ''}.`;
  }
  const who = startupProbe ? 'its startupProbe' : 'no startupProbe, so the livenessProbe';
  const end = restartPolicy === 'Never' ? 'killed for good' : 'killed and started anew';
  const { survivedStartMs, givenUpMs } = probeTiming(probe);
  const hook = postStartLimit(container);
  const hookMs = hook?.limited ? hook.ms : 0;
  const from = hook && !hook.limited ? ' Both count from the end of its postStart hook, which nothing limits.' : '';
  const waits = startupProbe ? ' Until it has succeeded the other probes wait.' : '';
  return `start: ${who} gives it ${formatDuration(hookMs + survivedStartMs)} for sure${hookMs > 0 ? ` (postStart takes ${formatDuration(hookMs)} of them)` : ''}; what is not up after ${formatDuration(hookMs + givenUpMs)} is ${end}.${from}${waits}`;
}

function livenessWords({ container, restartPolicy, spec }: ExplainedContainer): string {
  const { livenessProbe: probe, readinessProbe } = container;
  if (!probe) return 'liveness: none; a process that hangs is never restarted.';
  if (unknownPort(container, probe) !== undefined)
    return `liveness: never notices a fault: ${errorWords(container, probe)}.`;
  const { goneByMs } = stopTiming(container, spec, 'liveness');
  const { detectedMs } = probeTiming(probe);
  const end = restartPolicy === 'Never' ? 'gone for good' : 'started anew, where back-off does not hold it up,';
  const unready = readinessProbe
    ? `, unless readiness fails by itself (within ${formatDuration(probeTiming(readinessProbe).detectedMs)})`
    : '';
  return [
    `liveness: a fault is noticed within ${formatDuration(detectedMs)} (${sumOf(probe)}); stopping takes up to ${formatDuration(goneByMs)} more, so it is ${end} within ${formatDuration(detectedMs + goneByMs)}.`,
    `A liveness failure does nothing to readiness: the container stays Ready, and gets requests, until it is gone${unready}.`,
  ].join(' ');
}

function readinessWords({ container }: ExplainedContainer): string {
  const { readinessProbe: probe, startupProbe } = container;
  if (!probe) {
    return `readiness: none; it is Ready ${startupProbe ? 'once startup has succeeded' : 'as soon as its process runs'}, and until that ends.`;
  }
  if (unknownPort(container, probe) !== undefined)
    return `readiness: it is never Ready: ${errorWords(container, probe)}.`;
  const { successThreshold: threshold, periodSeconds: period } = probe;
  const back = threshold === 1 ? 'one success brings it back' : `${threshold} successes ${period}s apart bring it back`;
  return `readiness: a fault takes it out of traffic within ${formatDuration(probeTiming(probe).detectedMs)} (${sumOf(probe)}) and restarts nothing; ${back}.`;
}

/** The port that a probe asks for by a name its container gives to none. */
function unknownPort({ ports = [] }: Container, { httpGet, tcpSocket }: Probe): string | undefined {
  const port = (httpGet ?? tcpSocket)?.port;
  return typeof port === 'string' && !ports.some(({ name }) => name === port) ? port : undefined;
}

function errorWords(container: Container, probe: Probe): string {
  return `no port of the container is named ${JSON.stringify(unknownPort(container, probe))}, and an attempt that errors counts for nothing`;
}

/** The detection of a fault: `10s + 2 × 10s + 1s`. */
function sumOf(probe: Probe): string {
  return formatSummands(detectionTerms('livenessProbe', probe));
}

function shutdownWords({ container, spec }: ExplainedContainer): string {
  const timing = stopTiming(container, spec, 'other');
  const { earliest, latest } = timing.killAt;
  const most = earliest === latest ? '' : 'at most ';
  return `shutdown: ${preStopWords(container, timing)}, SIGKILL after ${most}${formatDuration(latest)}.`;
}

function preStopWords({ lifecycle }: Container, { graceMs, hasPreStop, termAt, killAt }: StopTiming): string {
  if (!lifecycle?.preStop) return 'SIGTERM at once';
  if (!hasPreStop) return 'preStop is skipped without a grace; SIGTERM at once';
  if (termAt.earliest === 0) return `preStop, for at most ${formatDuration(graceMs)}, then SIGTERM`;
  const toStop = formatDuration(killAt.earliest - termAt.earliest);
  return `preStop ${formatDuration(termAt.earliest)}, then SIGTERM and ${toStop} to stop`;
}
