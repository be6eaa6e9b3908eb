import { endedInGrace } from '../../assertions/endings/endedInGrace';
import { evaluate } from '../../assertions/evaluate';
import { isGateOn } from '../../manifest/featureGates/featureGates';
import { type Container, containerNamed, type Pod } from '../../manifest/model';
import { historyOf } from '../../timeline/history/podHistory';
import { clientsOf, refusable } from '../model/clients';
import { type Patch, pathIn } from '../model/patch';
import { withContainer, withGrace } from '../model/variant';
import { act } from '../runner/actions';
import type { Session } from '../runner/session/session';

/** Lengths of a preStop sleep to try, in seconds. */
const TRIED = [1, 2, 3, 5, 8, 13];

interface Trial {
  readonly pod: Pod;
  /** Grace period that goes with the sleep. */
  readonly grace: number;
}

/**
 * Searches for the shortest preStop sleep with which a deleted pod drops no requests, with a grace period that grows by the
 * same time. It finds none if the hook does something else, or if the Kubernetes version has no sleep action.
 */
export async function patchDrain(session: Session, name: string): Promise<Patch | undefined> {
  const { pod, kubernetesVersion, endpointRemovalDelay } = session.subject;
  const container = containerNamed(pod.spec, name);
  const slept = container && sleepOf(container);
  if (slept === undefined || !isGateOn(kubernetesVersion, {}, 'PodLifecycleSleepAction')) return undefined;
  const { terminationGracePeriodSeconds: grace = 0 } = pod.spec;
  const trial = (seconds: number): Trial => {
    const longer = grace + seconds - slept;
    const lifecycle = { ...container?.lifecycle, preStop: { sleep: { seconds } } };
    return {
      pod: withGrace(
        withContainer(pod, name, (each) => ({ ...each, lifecycle })),
        longer,
      ),
      grace: longer,
    };
  };
  const outcomes = new Map<number, boolean>();
  const drops = async (seconds: number): Promise<boolean> => {
    const dropped = await dropsWith(session, trial(seconds), seconds);
    outcomes.set(seconds, dropped);
    return dropped;
  };
  const enough = await leastSleep(slept, drops);
  if (enough === undefined) return undefined;
  const trials = [...outcomes]
    .toSorted(([one], [other]) => one - other)
    .map(([seconds, isDropped]) => ({ seconds, isDropped }));
  return {
    path: pathIn(session.subject, name, 'lifecycle', 'preStop', 'sleep', 'seconds'),
    value: enough,
    found: {
      kind: 'preStopSleep',
      delay: endpointRemovalDelay,
      sleptSeconds: slept,
      trials,
      graceSeconds: grace,
      addedSeconds: enough - slept,
    },
    more: [{ path: ['terminationGracePeriodSeconds'], value: trial(enough).grace }],
  };
}

/** Returns the shortest sleep with which nothing is dropped twice, because once may be chance. */
async function leastSleep(slept: number, drops: (seconds: number) => Promise<boolean>): Promise<number | undefined> {
  let least = slept;
  let enough: number | undefined;
  for (const seconds of TRIED.filter((each) => each > slept)) {
    if (!(await drops(seconds))) {
      enough = seconds;
      break;
    }
    least = seconds;
  }
  if (enough === undefined) return undefined;
  while (enough - least > 1) {
    const middle: number = Math.floor((least + enough) / 2);
    if (await drops(middle)) least = middle;
    else enough = middle;
  }
  const longest = enough + 1;
  for (let seconds = enough; seconds <= longest; seconds += 1) if (!(await drops(seconds))) return seconds;
  return undefined;
}

/** Returns how long the preStop hook sleeps; undefined if it does something else. */
function sleepOf({ lifecycle }: Container): number | undefined {
  const { preStop } = lifecycle ?? {};
  return preStop ? preStop.sleep?.seconds : 0;
}

async function dropsWith(session: Session, { pod }: Trial, seconds: number): Promise<boolean> {
  const actor = await session.start(pod, { kind: 'sleepTrial', seconds });
  const up = await session.comesUp(actor);
  if (up.result.outcome !== 'passed') return true;
  session.announce({ kind: 'drainedWithSleep', seconds });
  const clients = clientsOf(session.subject);
  const { timeline } = actor;
  const target = { session, actor, clients: [], targets: new Map(), looks: [], memory: [] };
  await act(target, { do: 'chooseTargets', clients });
  const on = { timeline, pod: actor.pod, since: historyOf(timeline).end, actedAt: timeline.now };
  await act(target, { do: 'requests', clients });
  await act(target, { do: 'delete' });
  const dropped = evaluate({ kind: 'dropsNoRequests', mayRefuse: refusable(clients) }, on);
  return dropped.outcome === 'failed' || endedInGrace(timeline).outcome === 'failed';
}
