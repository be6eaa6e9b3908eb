import { makePassed, makePending } from '../../assertions/assertionResult';
import { type Container, containerNamed, type Pod, type Probe } from '../../manifest/model';
import { isA } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { probeTiming, thresholdToSurvive } from '../../timing/probeTiming';
import { startupProbeFor } from '../../timing/startupProbe';
import { defaultOf } from '../../timing/waits';
import { type Patch, pathIn } from '../model/patch';
import type { Evidence } from '../model/targetResult';
import { withContainer } from '../model/variant';
import type { Session } from '../runner/session/session';
import { secondsFor } from './margin';
import { mayTimeHelp } from './mayTimeHelp';

/** A start is measured for this multiple of the time that its probe allows, within these bounds. */
const TIMES = 10;
const MEASURED_LEAST_MS = 20_000;
const MEASURED_MOST_MS = 120_000;

/**
 * Searches for the startup probe that a container needs if its own probe killed it before the pod was Ready. The start is
 * measured with a probe that never gives up.
 */
export async function patchSlowStart(session: Session, evidence: Evidence): Promise<Patch | undefined> {
  const { result, pod } = evidence;
  const { event } = result;
  if (!event || !isA('Killing', event) || !event.probe || event.probe === 'readiness') return undefined;
  const container = containerNamed(pod.spec, event.container ?? '');
  const probe = container?.[`${event.probe}Probe`];
  if (!container || !probe || !mayTimeHelp(evidence)) return undefined;
  const tookMs = await measure(session, container, probe);
  if (tookMs === undefined) return undefined;
  const { name } = container;
  session.announce({ kind: 'longerStart', container: name });
  const { change, patch } =
    event.probe === 'startup'
      ? higherThreshold(session, container, probe, tookMs)
      : newProbe(session, container, probe, tookMs);
  const actor = await session.start(withContainer(session.subject.pod, name, change), {
    kind: 'startPatch',
    container: name,
  });
  const proof = await session.comesUp(actor);
  await session.done(actor);
  return proof.result.outcome === 'passed' ? patch : undefined;
}

interface PatchAttempt {
  readonly change: (container: Container) => Container;
  readonly patch: Patch;
}

/** Returns a higher failureThreshold. The first attempt may run immediately, and the last failure ends the start. */
function higherThreshold({ subject }: Session, { name }: Container, probe: Probe, tookMs: number): PatchAttempt {
  const { initialDelaySeconds: delaySeconds, periodSeconds } = probe;
  const enough = thresholdToSurvive(probe, secondsFor(tookMs) * 1_000);
  const failureThreshold = Math.max(enough, probe.failureThreshold + 1);
  const givenSeconds = probeTiming({ ...probe, failureThreshold }).survivedStartMs / 1_000;
  return {
    change: (container) => ({ ...container, startupProbe: { ...probe, failureThreshold } }),
    patch: {
      cause: 'start-longer-than-probe',
      path: pathIn(subject, name, 'startupProbe', 'failureThreshold'),
      value: failureThreshold,
      found: {
        kind: 'startupThreshold',
        container: name,
        tookMs,
        delaySeconds,
        periodSeconds,
        failureThreshold,
        givenSeconds,
      },
    },
  };
}

/** Returns a new startup probe that delays the liveness probe, as lint advises. */
function newProbe({ subject }: Session, { name }: Container, livenessProbe: Probe, tookMs: number): PatchAttempt {
  const startup = startupProbeFor(livenessProbe, secondsFor(tookMs) * 1_000);
  return {
    change: (container) => ({ ...container, startupProbe: startup.probe }),
    patch: {
      cause: 'start-longer-than-probe',
      path: pathIn(subject, name, 'startupProbe'),
      value: writtenProbe(startup.probe),
      found: {
        kind: 'startupProbe',
        container: name,
        tookMs,
        periodSeconds: startup.probe.periodSeconds,
        failureThreshold: startup.probe.failureThreshold,
        allowedMs: startup.survivedStartMs,
      },
    },
  };
}

/** Returns a probe without the fields that Kubernetes defaults. */
function writtenProbe({ initialDelaySeconds: _, timeoutSeconds, successThreshold: __, ...probe }: Probe): object {
  return { ...probe, ...(timeoutSeconds !== 1 && { timeoutSeconds }) };
}

/** Returns how long it takes until the probe succeeds; undefined if it does not within the limit. */
async function measure(session: Session, { name }: Container, probe: Probe): Promise<number | undefined> {
  const ms = Math.min(Math.max(probeTiming(probe).survivedStartMs * TIMES, MEASURED_LEAST_MS), MEASURED_MOST_MS);
  const startupProbe: Probe = { ...probe, initialDelaySeconds: 0, periodSeconds: 1, failureThreshold: 1_000_000 };
  const patient: Pod = withContainer(session.subject.pod, name, (container) => ({ ...container, startupProbe }));
  const actor = await session.start(patient, { kind: 'measuredStart', container: name });
  const record = await session.wait(actor, {
    for: { kind: 'measuredStart', container: name },
    limit: { limit: defaultOf(ms), from: 'start' },
    evaluate: (timeline) => startsUp(timeline, name),
  });
  await session.done(actor);
  const { result, timeline } = record;
  const from = historyOf(timeline).containerStarts.find(({ container }) => container === name)?.at;
  return result.event && from !== undefined ? result.event.at - from : undefined;
}

function startsUp(timeline: Timeline, name: string) {
  const success = historyOf(timeline).attempts.find(
    ({ container, probe, result }) => container === name && probe === 'startup' && result === 'Success',
  );
  return success
    ? makePassed(success, { kind: 'started', container: name, isStarted: true })
    : makePending({ kind: 'started', container: name, isStarted: false });
}
