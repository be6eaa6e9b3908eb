import type { Instant } from '../clock/instant';
import { isSidecar, type Pod } from '../manifest/model';
import { isReady } from '../timeline/condition';
import { restartsOf } from '../timeline/restart';
import { type Since, START } from '../timeline/since';
import type { Timeline } from '../timeline/timeline';
import type { Assertion, AssertionOf } from './assertion';
import { cameUp } from './cameUp';
import { droppedNoRequests } from './droppedRequests';
import { endedInGrace } from './endedInGrace';
import { holds, type Judgement, undecided } from './judgement';
import { keptByProbes } from './keptByProbes';
import { leftByReadiness } from './leftByReadiness';
import { oomKilled } from './oomKilled';
import { ranHook } from './ranHook';
import { reachedPhase } from './reachedPhase';
import { recovered } from './recovered';
import { restarted } from './restarted';
import { restartsAtMost } from './restartsAtMost';
import { statusOf } from './statusOf';
import { staysReady } from './staysReady';
import { stoodBy } from './stoodBy';
import { undisturbed } from './undisturbed';

/** What an assertion is evaluated on. */
export interface Evaluated {
  readonly timeline: Timeline;
  readonly pod: Pod;
  /** Where counting begins. */
  readonly since: Since;
  /** When the last action was complete. */
  readonly actedAt: Instant;
}

type Table = { readonly [Kind in Assertion['kind']]: (assertion: AssertionOf<Kind>, on: Evaluated) => Judgement };

const TABLE: Table = {
  startup: (_, { timeline, pod }) => oomKilled(timeline, START) ?? cameUp(timeline, pod),
  steadyState: (_, { timeline, since }) => oomKilled(timeline, since) ?? undisturbed(timeline, since),
  recoveredByItself: (_, on) => recoveredByItself(on),
  initialized: (_, on) => initialized(on),
  running: ({ container }, { timeline }) => {
    const started = timeline.of('Started').find((event) => event.container === container);
    return started ? holds(started, `${container} runs`) : undecided(`${container} does not run`);
  },
  keptDuringStartup: ({ container }, { timeline, since }) => {
    if (statusOf(timeline, container)?.started) return holds(timeline.of('StatusPublished').at(-1), 'started');
    return keptByProbes(timeline, since, [container]);
  },
  restarted: ({ kind: _, ...which }, { timeline, since, pod }) => restarted(timeline, since, which, pod),
  restartsAtMost: ({ kind: _, ...allowed }, { timeline, since }) => restartsAtMost(timeline, since, allowed),
  recovered: ({ container }, { timeline, since }) =>
    recovered(timeline, container, restartsBefore(timeline, since, container)),
  stoodBy: ({ containers }, { timeline, since }) => stoodBy(timeline, since, containers),
  leftByReadiness: ({ container }, { timeline, since, actedAt }) =>
    leftByReadiness(timeline, since, container, actedAt),
  phase: ({ phase }, { timeline, since }) => reachedPhase(timeline, since, phase),
  ranHook: ({ kind: _, ...which }, { timeline, since, pod }) => ranHook(timeline, since, which, pod),
  stoppedInGrace: (_, { timeline }) => endedInGrace(timeline),
  dropsNoRequests: ({ mayRefuse }, { timeline, since }) =>
    droppedNoRequests(timeline, since, ({ path, status }) => status === undefined || !mayRefuse.includes(path)),
};

/** Returns what a timeline says to an assertion so far. */
export function evaluate<Kind extends Assertion['kind']>(assertion: AssertionOf<Kind>, on: Evaluated): Judgement {
  const evaluateKind: (assertion: AssertionOf<Kind>, on: Evaluated) => Judgement = TABLE[assertion.kind as Kind];
  return evaluateKind(assertion, on);
}

function restartsBefore(timeline: Timeline, since: Since, container: string): number {
  return restartsOf(timeline).filter(
    (restart) => restart.container === container && timeline.events.indexOf(restart.started) < since,
  ).length;
}

/** The kubelet runs them one after another, so the last one decides. */
function initialized({ timeline, pod }: Evaluated): Judgement {
  const last = pod.spec.initContainers.findLast((container) => !isSidecar(container));
  const exit = timeline.of('ContainerExited').findLast(({ container }) => container === last?.name);
  return exit?.exitCode === 0 ? holds(exit, 'initialized') : undecided('not initialized');
}

function recoveredByItself({ timeline, since }: Evaluated): Judgement {
  const ended = oomKilled(timeline, since) ?? restartsAtMost(timeline, since, { times: 0 });
  if (ended.outcome === 'violated') return ended;
  const lost = staysReady(timeline, since).outcome === 'violated';
  return lost && isReady(timeline.status) ? holds(timeline.of('StatusPublished').at(-1), 'Ready again') : ended;
}
