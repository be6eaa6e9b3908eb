import { behaviorOf } from '../../kubelet/behavior/behaviorOf';
import { carriedOver } from '../../lint/probes/startedCarriedOver';
import type { Container, PodSpec, Probe, RestartPolicy } from '../../manifest/model';
import { detectionTerms, periodMsOf, probeTiming } from '../../timing/probeTiming';
import { type StopTiming, stopTiming } from '../../timing/stopTiming';
import { postStartLimit } from '../../timing/waits';
import { formatDuration } from '../../wording/durations';
import { formatSummands } from '../../wording/limit';

/** Container with the settings that affect its restarts. */
export interface ExplainedContainer {
  readonly container: Container;
  /** Policy of the container, or else of the pod. */
  readonly restartPolicy: RestartPolicy;
  /** Spec of the pod. */
  readonly spec: PodSpec;
  readonly kubernetesVersion: string;
}

/** Returns what the numbers of a container's probes and shutdown mean, in a line for each. */
export function describeContainer(explained: ExplainedContainer): readonly string[] {
  return [
    explainStart(explained),
    ...explainCarriedOver(explained),
    explainLiveness(explained),
    explainReadiness(explained),
    explainShutdown(explained),
  ];
}

/** Explains how the start after a liveness kill differs from others. */
function explainCarriedOver({ container, kubernetesVersion }: ExplainedContainer): readonly string[] {
  const { startupProbe, livenessProbe } = container;
  if (!startupProbe || !livenessProbe || !behaviorOf(kubernetesVersion).carriesStartedOver) return [];
  const effects = {
    killed: 'liveness can kill it before its startupProbe runs',
    ready: 'it is Ready before its startupProbe runs',
    none: 'its startupProbe runs before liveness can kill it',
  };
  return [
    `restart by liveness: since Kubernetes 1.35, the next instance counts as started for up to ${formatDuration(periodMsOf(startupProbe))} (kubernetes/kubernetes#141155): ${effects[carriedOver(container) ?? 'none']}.`,
  ];
}

function explainStart({ container, restartPolicy }: ExplainedContainer): string {
  const { startupProbe, livenessProbe } = container;
  const probe = startupProbe ?? livenessProbe;
  if (!probe) return 'start: no probe limits how long the start takes.';
  if (findUnknownPort(container, probe) !== undefined) {
    return `start: no probe limits how long the start takes${startupProbe ? `, and the startupProbe never succeeds: ${formatPortError(container, startupProbe)}` : ''}.`;
  }
  const field = startupProbe ? 'startupProbe' : 'livenessProbe';
  const intro = startupProbe ? '' : 'there is no startupProbe. ';
  const end = restartPolicy === 'Never' ? 'kills it permanently' : 'restarts it';
  const { survivedStartMs, givenUpMs } = probeTiming(probe);
  const hook = postStartLimit(container);
  const hookMs = hook?.limited ? hook.ms : 0;
  const from = hook && !hook.limited ? ' Both times count from the end of the postStart hook, which has no limit.' : '';
  const waits = startupProbe ? ' The other probes wait for the startupProbe.' : '';
  return `start: ${intro}${container.name} has at least ${formatDuration(hookMs + survivedStartMs)} to start${hookMs > 0 ? ` (${formatDuration(hookMs)} of it for postStart)` : ''}. If it is not up after ${formatDuration(hookMs + givenUpMs)}, the ${field} ${end}.${from}${waits}`;
}

function explainLiveness({ container, restartPolicy, spec }: ExplainedContainer): string {
  const { livenessProbe: probe, readinessProbe } = container;
  if (!probe) return 'liveness: no probe, so a process that hangs is never restarted.';
  if (findUnknownPort(container, probe) !== undefined)
    return `liveness: the probe never detects a fault: ${formatPortError(container, probe)}.`;
  const { goneByMs } = stopTiming(container, spec, 'liveness');
  const { detectedMs } = probeTiming(probe);
  const end = restartPolicy === 'Never' ? 'it is stopped permanently' : 'without back-off it restarts';
  const unready = readinessProbe
    ? `, unless readiness fails too (within ${formatDuration(probeTiming(readinessProbe).detectedMs)})`
    : '';
  return [
    `liveness: a fault is detected within ${formatDuration(detectedMs)} (${formatDetection(probe)}). Stopping takes up to ${formatDuration(goneByMs)} more, so ${end} within ${formatDuration(detectedMs + goneByMs)}.`,
    `A liveness failure does not change readiness: the container stays Ready and receives requests until it exits${unready}.`,
  ].join(' ');
}

function explainReadiness({ container }: ExplainedContainer): string {
  const { readinessProbe: probe, startupProbe } = container;
  if (!probe) {
    return `readiness: no probe. The container is Ready ${startupProbe ? 'once the startupProbe succeeds' : 'as soon as its process runs'}, until the process exits.`;
  }
  if (findUnknownPort(container, probe) !== undefined)
    return `readiness: the container never becomes Ready: ${formatPortError(container, probe)}.`;
  const { successThreshold: threshold, periodSeconds: period } = probe;
  const back = threshold === 1 ? 'One success makes' : `${threshold} successes, ${period}s apart, make`;
  return `readiness: a fault removes the pod from the Service endpoints within ${formatDuration(probeTiming(probe).detectedMs)} (${formatDetection(probe)}), without a restart. ${back} it Ready again.`;
}

/** Returns the port name of a probe that its container does not have. */
function findUnknownPort({ ports = [] }: Container, { httpGet, tcpSocket }: Probe): string | undefined {
  const port = (httpGet ?? tcpSocket)?.port;
  return typeof port === 'string' && !ports.some(({ name }) => name === port) ? port : undefined;
}

function formatPortError(container: Container, probe: Probe): string {
  return `no port of the container is named ${JSON.stringify(findUnknownPort(container, probe))}, and the result of an attempt that errors is ignored`;
}

/** Returns the terms of the detection time: `10s + 2 × 10s + 1s`. */
function formatDetection(probe: Probe): string {
  return formatSummands(detectionTerms('livenessProbe', probe));
}

function explainShutdown({ container, spec }: ExplainedContainer): string {
  const timing = stopTiming(container, spec, 'other');
  const { earliest, latest } = timing.killAt;
  const most = earliest === latest ? '' : 'at most ';
  return `shutdown: ${explainPreStop(container, timing)}, SIGKILL after ${most}${formatDuration(latest)}.`;
}

function explainPreStop({ lifecycle }: Container, { graceMs, hasPreStop, termAt, killAt }: StopTiming): string {
  if (!lifecycle?.preStop) return 'SIGTERM immediately';
  if (!hasPreStop) return 'preStop is skipped without a grace period, SIGTERM immediately';
  if (termAt.earliest === 0) return `preStop for at most ${formatDuration(graceMs)}, then SIGTERM`;
  const toStop = formatDuration(killAt.earliest - termAt.earliest);
  return `preStop ${formatDuration(termAt.earliest)}, then SIGTERM and ${toStop} to stop`;
}
