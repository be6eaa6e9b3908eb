import { endedInGrace } from '../../assertions/endings/endedInGrace';
import type { Pod } from '../../manifest/model';
import { historyOf } from '../../timeline/history/podHistory';
import { signalTrouble } from '../../timeline/history/signalTrouble';
import type { ContainerStop } from '../../timeline/history/stops';
import type { Patch } from '../model/patch';
import type { Evidence } from '../model/targetResult';
import { withGrace } from '../model/variant';
import type { Session } from '../runner/session/session';
import { secondsFor } from './margin';

/** The time to terminate is measured with this multiple of the grace period, within these bounds. */
const TIMES = 4;
const LEAST_SECONDS = 10;
const MOST_SECONDS = 120;

/** Searches for the grace period that the pod needs, unless its processes show that it never terminates. */
export async function patchGrace(session: Session, { timeline }: Evidence): Promise<Patch | undefined> {
  if (historyOf(timeline).stops.some(neverTerminates)) return undefined;
  const { terminationGracePeriodSeconds: grace = 0 } = session.subject.pod.spec;
  const patient = Math.min(Math.max(grace * TIMES, LEAST_SECONDS), MOST_SECONDS);
  if (patient <= grace) return undefined;
  const tookMs = await measureTermination(session, withGrace(session.subject.pod, patient));
  if (tookMs === undefined) return undefined;
  const seconds = Math.max(secondsFor(tookMs), grace + 1);
  if (seconds < patient && (await measureTermination(session, withGrace(session.subject.pod, seconds))) === undefined)
    return undefined;
  return {
    cause: historyOf(timeline).stops.some(({ preStop }) => preStop?.outlived)
      ? 'prestop-exceeds-grace'
      : 'shutdown-longer-than-grace',
    path: ['terminationGracePeriodSeconds'],
    value: seconds,
    found: { kind: 'gracePeriod', tookMs, seconds },
  };
}

/** True if the processes never exit after the signal. A container whose hook still ran had no time to handle it. */
function neverTerminates({ preStop, seen }: ContainerStop): boolean {
  return !preStop?.outlived && seen !== undefined && signalTrouble(seen) !== undefined;
}

/** Returns how long a pod takes to terminate; undefined if it does not. */
async function measureTermination(session: Session, pod: Pod): Promise<number | undefined> {
  const { terminationGracePeriodSeconds: seconds = 0 } = pod.spec;
  const actor = await session.start(pod, { kind: 'graceTrial', seconds });
  const up = await session.comesUp(actor);
  if (up.result.outcome !== 'passed') return undefined;
  const from = actor.timeline.now;
  session.announce({ kind: 'withinGrace', seconds });
  await actor.delete();
  const { timeline } = actor;
  if (endedInGrace(timeline).outcome !== 'passed') return undefined;
  return (historyOf(timeline).exits.at(-1)?.at ?? timeline.now) - from;
}
