import { makePassed, makePending } from '../../assertions/assertionResult';
import { containerNamed } from '../../manifest/model';
import type { ProbeType } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { resultMs } from '../../timing/probeTiming';
import { defaultOf } from '../../timing/waits';
import { type Patch, pathIn } from '../model/patch';
import type { Evidence } from '../model/targetResult';
import { withContainer } from '../model/variant';
import type { Session } from '../runner/session/session';
import { secondsFor } from './margin';
import { mayTimeHelp } from './mayTimeHelp';
import { passes } from './passes';

/** Timeout with which the time of a response is measured. */
const PATIENT_SECONDS = 30;
const ANSWERS = 3;

interface Slow {
  readonly container: string;
  readonly probe: ProbeType;
}

/** Searches for the timeoutSeconds that the responses to a probe need. */
export async function patchSlowAnswer(session: Session, record: Evidence): Promise<Patch | undefined> {
  const slow = timedOut(record.timeline);
  const field = slow && (`${slow.probe}Probe` as const);
  const probe = slow && field && containerNamed(record.pod.spec, slow.container)?.[field];
  if (!slow || !field || !probe || !mayTimeHelp(record)) return undefined;
  const { container } = slow;
  const given = (timeoutSeconds: number, periodSeconds = probe.periodSeconds) =>
    withContainer(session.subject.pod, container, (each) => {
      return { ...each, [field]: { ...probe, timeoutSeconds, periodSeconds } };
    });

  const patient = await session.start(given(PATIENT_SECONDS), {
    kind: 'measuredResponse',
    container,
    probe: slow.probe,
    seconds: PATIENT_SECONDS,
  });
  const { result, timeline } = await session.wait(patient, {
    for: { kind: 'measuredResponses', container },
    limit: { limit: defaultOf(resultMs({ ...probe, timeoutSeconds: PATIENT_SECONDS }, ANSWERS)), from: 'start' },
    evaluate: (seen) => hasAnswered(seen, container, slow.probe),
  });
  await session.done(patient);
  if (result.outcome !== 'passed') return undefined;
  const tookMs = Math.max(...successesOf(timeline, container, slow.probe).map((answer) => answer.tookMs));
  // A container that now responds in time was not slow before. It hung.
  if (tookMs < probe.timeoutSeconds * 1_000) return undefined;
  const timeoutSeconds = Math.max(secondsFor(tookMs), probe.timeoutSeconds + 1);

  session.announce({ kind: 'responsesWithin', container, seconds: timeoutSeconds });
  // If a response takes longer than the period, the next attempt follows immediately.
  const periodSeconds = Math.max(probe.periodSeconds, timeoutSeconds);
  const trial = { kind: 'timeoutPatch', seconds: timeoutSeconds } as const;
  if (!(await passes(session, given(timeoutSeconds, periodSeconds), trial))) return undefined;
  return {
    cause: 'probe-timeout',
    path: pathIn(session.subject, container, field, 'timeoutSeconds'),
    value: timeoutSeconds,
    found: { kind: 'probeTimeout', tookMs, seconds: timeoutSeconds },
    ...(periodSeconds > probe.periodSeconds && {
      more: [{ path: pathIn(session.subject, container, field, 'periodSeconds'), value: periodSeconds }],
    }),
  };
}

/** Returns the probe that killed a container after a timeout, or else timed out last. */
function timedOut(timeline: Timeline): Slow | undefined {
  const killing = historyOf(timeline).killings.findLast(({ probe }) => probe !== undefined);
  const last = historyOf(timeline).attempts.findLast(({ result, container, probe }) => {
    return result === 'Failure' && (!killing || (container === killing.container && probe === killing.probe));
  });
  return last?.failure?.kind === 'timedOut' ? last : undefined;
}

function hasAnswered(timeline: Timeline, container: string, probe: ProbeType) {
  const answers = successesOf(timeline, container, probe);
  const enough = answers[(probe === 'startup' ? 1 : ANSWERS) - 1];
  return enough ? makePassed(enough, { kind: 'probeSucceeded', container, probe }) : makePending('nothing');
}

function successesOf(timeline: Timeline, name: string, type: ProbeType) {
  return historyOf(timeline).attempts.filter(
    ({ container, probe, result }) => container === name && probe === type && result === 'Success',
  );
}
