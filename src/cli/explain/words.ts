import { startGivenUpSeconds, startSurvivedSeconds, worstDetectionSeconds } from '../../lint/probeTimes';
import type { Container, Probe, RestartPolicy } from '../../manifest/model';
import { type Shutdown, shutdownOf } from './shutdown';

export interface Told {
  readonly container: Container;
  /** The container's own, or the pod's. */
  readonly restartPolicy: RestartPolicy;
  readonly graceSeconds: number;
}

/** What the numbers of a container's probes and of its stop mean, a sentence or two each. */
export function wordsOn(told: Told): readonly string[] {
  return [startWords(told), livenessWords(told), readinessWords(told), shutdownWords(told)];
}

function startWords({ container, restartPolicy }: Told): string {
  const { startupProbe, livenessProbe } = container;
  const probe = startupProbe ?? livenessProbe;
  if (!probe) return 'start: nothing ends a start that takes too long.';
  if (unknownPort(container, probe) !== undefined) {
    return `start: nothing ends one that takes too long${startupProbe ? `, and none succeeds: ${errorWords(container, startupProbe)}` : ''}.`;
  }
  const who = startupProbe ? 'its startupProbe' : 'no startupProbe, so the livenessProbe';
  const end = restartPolicy === 'Never' ? 'killed for good' : 'killed and started anew';
  return `start: ${who} gives it ${startSurvivedSeconds(probe)} s for sure; what is not up after ${startGivenUpSeconds(probe)} s is ${end}.${startupProbe ? ' Until it has succeeded the other probes wait.' : ''}`;
}

function livenessWords({ container, restartPolicy, graceSeconds }: Told): string {
  const { livenessProbe: probe, readinessProbe } = container;
  if (!probe) return 'liveness: none; a process that hangs is never restarted.';
  if (unknownPort(container, probe) !== undefined)
    return `liveness: never notices a fault: ${errorWords(container, probe)}.`;
  const { killSeconds } = shutdownOf(container, probe.terminationGracePeriodSeconds ?? graceSeconds);
  const noticed = worstDetectionSeconds(probe);
  const end = restartPolicy === 'Never' ? 'gone for good' : 'started anew, where back-off does not hold it up,';
  const unready = readinessProbe
    ? `, unless readiness fails by itself (within ${worstDetectionSeconds(readinessProbe)} s)`
    : '';
  return [
    `liveness: a fault is noticed within ${noticed} s (${sumOf(probe)}); stopping takes up to ${killSeconds} s more, so it is ${end} within ${noticed + killSeconds} s.`,
    `A liveness failure does nothing to readiness: the container stays Ready, and gets requests, until it is gone${unready}.`,
  ].join(' ');
}

function readinessWords({ container }: Told): string {
  const { readinessProbe: probe, startupProbe } = container;
  if (!probe) {
    return `readiness: none; it is Ready ${startupProbe ? 'once startup has succeeded' : 'as soon as its process runs'}, and until that ends.`;
  }
  if (unknownPort(container, probe) !== undefined)
    return `readiness: it is never Ready: ${errorWords(container, probe)}.`;
  const { successThreshold: threshold, periodSeconds: period } = probe;
  const back =
    threshold === 1 ? 'one success brings it back' : `${threshold} successes ${period} s apart bring it back`;
  return `readiness: a fault takes it out of traffic within ${worstDetectionSeconds(probe)} s (${sumOf(probe)}) and restarts nothing; ${back}.`;
}

/** The port that a probe asks for by a name its container gives to none. */
function unknownPort({ ports = [] }: Container, { httpGet, tcpSocket }: Probe): string | undefined {
  const port = (httpGet ?? tcpSocket)?.port;
  return typeof port === 'string' && !ports.some(({ name }) => name === port) ? port : undefined;
}

function errorWords(container: Container, probe: Probe): string {
  return `no port of the container is named ${JSON.stringify(unknownPort(container, probe))}, and an attempt that errors counts for nothing`;
}

function sumOf({ periodSeconds, timeoutSeconds, failureThreshold }: Probe): string {
  if (timeoutSeconds <= periodSeconds)
    return `${failureThreshold} × ${periodSeconds} s + ${timeoutSeconds} s for an answer`;
  return `${periodSeconds} s + ${failureThreshold} × ${timeoutSeconds} s for an answer`;
}

function shutdownWords({ container, graceSeconds }: Told): string {
  const shutdown = shutdownOf(container, graceSeconds);
  return `shutdown: ${preStopWords(container, shutdown)}, SIGKILL after ${shutdown.killSeconds} s.`;
}

function preStopWords(
  { lifecycle }: Container,
  { graceSeconds, preStopSeconds, termSeconds, killSeconds }: Shutdown,
): string {
  if (!lifecycle?.preStop) return 'SIGTERM at once';
  if (graceSeconds === 0) return 'preStop is skipped without a grace; SIGTERM at once';
  if (preStopSeconds === undefined) return `preStop, for at most ${graceSeconds} s, then SIGTERM`;
  return `preStop ${termSeconds} s, then SIGTERM and ${killSeconds - termSeconds} s to stop`;
}
