import { type EventOf, isA, type ProbeType } from '../../timeline/event';
import { probeTiming } from '../../timing/probeTiming';
import { LEAST_GRACE_PERIOD_SECONDS } from '../../timing/rules';
import { effectiveGraceSeconds } from '../../timing/stopTiming';
import { formatDuration, formatSeconds } from '../../wording/durations';
import type { Incident } from './incident';
import { lateness } from './lateness';

/** Returns how the numbers of the manifest led to an incident, a line each: probe failures, grace period, and delays of this machine. */
export function inNumbers(incident: Incident): readonly string[] {
  return [probeNumbers(incident), graceNumbers(incident), lateness(incident)].filter(
    (sentence) => sentence !== undefined,
  );
}

function probeNumbers(incident: Incident): string | undefined {
  const { event, restart, container } = incident;
  const name = container?.name;
  if (restart && (restart.because === 'liveness' || restart.because === 'startup')) {
    const killed = incident.last('Killing', ({ probe }) => probe === restart.because);
    if (!killed) return undefined;
    return untilFailed(incident, restart.because, (from) => {
      const [toKill, toStart] = [formatSeconds(killed.at - from), formatSeconds(restart.started.at - from)];
      if (toKill === toStart) return { what: `${name} was restarted ${toStart}` };
      return { what: `${name} was killed ${toKill}`, next: ` and restarted after ${toStart}` };
    });
  }
  if (event && isA('Killing', event) && event.probe) {
    return untilFailed(incident, event.probe, (from) => ({
      what: `${name} was killed ${formatSeconds(event.at - from)}`,
    }));
  }
  if (event?.kind === 'StatusPublished') {
    const failure = lastAnswer(incident, 'readiness');
    if (failure?.result !== 'Failure' || failure.run < failure.threshold) return undefined;
    return untilFailed(incident, 'readiness', (from) => ({
      what: `${name} became unready ${formatSeconds(event.at - from)}`,
    }));
  }
  return event ? undefined : neverSucceeded(incident);
}

interface Passed {
  readonly what: string;
  readonly next?: string;
}

/** Returns `3 failures × 10s: web was killed 30.0s after its liveness probe last succeeded.` */
function untilFailed(incident: Incident, type: ProbeType, tell: (from: number) => Passed): string | undefined {
  const { lastLife } = incident;
  const probe = incident.probe(type);
  const answers = lastLife.filter((event) => isA('ProbeFinished', event) && event.probe === type);
  const success = answers.findLast((event) => isA('ProbeFinished', event) && isSuccess(event));
  const born = lastLife.find((event) => event.kind === 'Started');
  const from = success ?? born;
  if (!probe || !from) return undefined;
  // If failures from before a crash counted, the numbers of this instance explain nothing.
  const failures = answers.length - (success ? answers.indexOf(success) + 1 : 0);
  if (failures < (answers.findLast((event) => isA('ProbeFinished', event))?.run ?? 0)) return undefined;
  const { failureThreshold, periodSeconds, initialDelaySeconds } = probe;
  // Attempts are serial: one that hangs for longer than the period delays the next one.
  const eachSeconds = probeTiming(probe).attemptMs / 1_000;
  const most = eachSeconds > periodSeconds ? 'up to ' : '';
  const times = `${failureThreshold} ${failureThreshold === 1 ? 'failure' : 'failures'} × ${most}${eachSeconds}s`;
  const { what, next = '' } = tell(from.at);
  if (success) return `${times}: ${what} after its ${type} probe last succeeded${next}.`;
  const delay = initialDelaySeconds > 0 ? `delay of ${initialDelaySeconds}s + ` : '';
  return `${delay}${times}: ${what} after its start${next}. Its ${type} probe never succeeded.`;
}

/** Returns the attempts of a wait that reached its limit: `The readiness probe runs every 10s. None of its 6 attempts …`. */
function neverSucceeded(incident: Incident): string | undefined {
  const { lastLife } = incident;
  // A container that exits has another problem.
  if (lastLife.some((event) => isA('ContainerExited', event))) return undefined;
  const started = lastLife.some(
    (event) => isA('ProbeFinished', event) && event.probe === 'startup' && isSuccess(event),
  );
  const type = incident.probe('startup') && !started ? 'startup' : 'readiness';
  const probe = incident.probe(type);
  const answers = lastLife.filter((event): event is EventOf<'ProbeFinished'> => {
    return isA('ProbeFinished', event) && event.probe === type;
  });
  if (!probe || answers.length < 2 || answers.some(isSuccess)) return undefined;
  const first = formatSeconds(answers[0]?.at ?? 0);
  const attempts = `None of its ${answers.length} attempts since +${first} succeeded.`;
  return `The ${type} probe runs every ${formatDuration(probe.periodSeconds * 1_000)}. ${attempts}`;
}

function lastAnswer(incident: Incident, type: ProbeType): EventOf<'ProbeFinished'> | undefined {
  return incident.last('ProbeFinished', ({ probe }) => probe === type);
}

function isSuccess({ result }: EventOf<'ProbeFinished'>): boolean {
  return result === 'Success' || result === 'Warning';
}

/** Returns the grace period of the kill: the pod's for a deletion, else the probe's if it has one. */
function graceSeconds({ pod, past, lastLife, container }: Incident): number {
  const deletion = past.findLast((event) => event.kind === 'DeletionMarked');
  if (deletion) return deletion.deletionGracePeriodSeconds;
  const type = lastLife.findLast((event) => isA('Killing', event))?.probe;
  return effectiveGraceSeconds(pod.spec, container ?? {}, type === 'liveness' || type === 'startup' ? type : 'other');
}

/** Returns the times of a container that did not exit in time: `Grace period 30s: SIGKILL came 30.0s after SIGTERM.` */
function graceNumbers(incident: Incident): string | undefined {
  const { lastLife } = incident;
  const signals = lastLife.filter((event) => isA('SignalSent', event));
  const [stop, kill] = signals.slice(-2);
  if (!stop || kill?.signal !== 'SIGKILL' || stop.signal === 'SIGKILL') return undefined;
  const hook = lastLife.find((event) => event.kind === 'HookStarted' && event.hook === 'preStop');
  const between = formatSeconds(kill.at - stop.at);
  if (!hook) return `Grace period ${formatDuration(stop.graceMs ?? 0)}: SIGKILL came ${between} after ${stop.signal}.`;
  const least = stop.graceMs === LEAST_GRACE_PERIOD_SECONDS * 1_000 ? ', the minimum' : '';
  const spent = `preStop used ${formatSeconds(stop.at - hook.at)} of it`;
  const grace = formatDuration(graceSeconds(incident) * 1_000);
  return `Grace period ${grace}: ${spent}, and SIGKILL came ${between} after ${stop.signal}${least}.`;
}
