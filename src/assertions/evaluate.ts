import type { Instant } from '../clock/instant';
import { isSidecar, type Pod } from '../manifest/model';
import { isReady } from '../timeline/condition';
import { containerStatusOf } from '../timeline/containerStatus';
import { historyOf } from '../timeline/history/podHistory';
import { type Since, START } from '../timeline/since';
import type { Timeline } from '../timeline/timeline';
import type { Assertion, AssertionOf } from './assertion';
import { type AssertionResult, makePassed, makePending } from './assertionResult';
import { endedInGrace } from './endings/endedInGrace';
import { ranHook } from './events/ranHook';
import { keptByProbes } from './restarts/keptByProbes';
import { oomKilled } from './restarts/oomKilled';
import { evaluateRecovery } from './restarts/recovered';
import { evaluateRestarts } from './restarts/restarted';
import { restartsAtMost } from './restarts/restartsAtMost';
import { cameUp } from './restarts/startup';
import { evaluateSteadyState } from './restarts/steadyState';
import { stoodBy } from './restarts/stoodBy';
import { reachedPhase } from './status/phase';
import { staysReady } from './status/staysReady';
import { droppedNoRequests } from './traffic/droppedRequests';
import { leftByReadiness } from './traffic/leftByReadiness';

/** Input of an evaluation. */
export interface Evaluated {
  readonly timeline: Timeline;
  readonly pod: Pod;
  /** Place in the timeline where counting begins. */
  readonly since: Since;
  /** When the last action was complete. */
  readonly actedAt: Instant;
}

type Table = { readonly [Kind in Assertion['kind']]: (assertion: AssertionOf<Kind>, on: Evaluated) => AssertionResult };

const TABLE: Table = {
  startup: (_, { timeline, pod }) => oomKilled(timeline, START) ?? cameUp(timeline, pod),
  steadyState: (_, { timeline, since }) => oomKilled(timeline, since) ?? evaluateSteadyState(timeline, since),
  recoveredByItself: (_, on) => recoveredByItself(on),
  initialized: (_, on) => evaluateInitialized(on),
  running: ({ container }, { timeline }) => {
    const started = historyOf(timeline).starts.find((event) => event.container === container);
    return started
      ? makePassed(started, { kind: 'container', container, state: 'running' })
      : makePending({ kind: 'container', container, state: 'notRunning' });
  },
  keptDuringStartup: ({ container }, { timeline, since }) => {
    if (containerStatusOf(timeline, container)?.started)
      return makePassed(historyOf(timeline).published.at(-1), { kind: 'started', container, isStarted: true });
    return keptByProbes(timeline, since, [container]);
  },
  restarted: ({ kind: _, ...which }, { timeline, since, pod }) => evaluateRestarts(timeline, since, which, pod),
  restartsAtMost: ({ kind: _, ...allowed }, { timeline, since }) => restartsAtMost(timeline, since, allowed),
  recovered: ({ container }, { timeline, since }) =>
    evaluateRecovery(timeline, container, restartsBefore(timeline, since, container)),
  stoodBy: ({ containers }, { timeline, since }) => stoodBy(timeline, since, containers),
  leftByReadiness: ({ container }, { timeline, since, actedAt }) =>
    leftByReadiness(timeline, since, container, actedAt),
  phase: ({ phase }, { timeline, since }) => reachedPhase(timeline, since, phase),
  ranHook: ({ kind: _, ...which }, { timeline, since, pod }) => ranHook(timeline, since, which, pod),
  stoppedInGrace: (_, { timeline }) => endedInGrace(timeline),
  dropsNoRequests: ({ mayRefuse }, { timeline, since }) =>
    droppedNoRequests(timeline, since, ({ path, status }) => status === undefined || !mayRefuse.includes(path)),
};

/** Returns the result of an assertion so far. */
export function evaluate<Kind extends Assertion['kind']>(assertion: AssertionOf<Kind>, on: Evaluated): AssertionResult {
  const evaluateKind: (assertion: AssertionOf<Kind>, on: Evaluated) => AssertionResult = TABLE[assertion.kind as Kind];
  return evaluateKind(assertion, on);
}

function restartsBefore(timeline: Timeline, since: Since, container: string): number {
  return historyOf(timeline).restarts.filter(
    (restart) => restart.container === container && historyOf(timeline).placeOf(restart.started) < since,
  ).length;
}

/** Checks the last init container. The kubelet runs them one after another, so it decides. */
function evaluateInitialized({ timeline, pod }: Evaluated): AssertionResult {
  const last = pod.spec.initContainers.findLast((container) => !isSidecar(container));
  const exit = historyOf(timeline).exits.findLast(({ container }) => container === last?.name);
  return exit?.exitCode === 0 ? makePassed(exit, 'initialized') : makePending('notInitialized');
}

function recoveredByItself({ timeline, since }: Evaluated): AssertionResult {
  const ended = oomKilled(timeline, since) ?? restartsAtMost(timeline, since, { times: 0 });
  if (ended.outcome === 'failed') return ended;
  const lost = staysReady(timeline, since).outcome === 'failed';
  return lost && isReady(timeline.status) ? makePassed(historyOf(timeline).published.at(-1), 'readyAgain') : ended;
}
