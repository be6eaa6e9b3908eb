import { isTerminal, phaseOf } from '../../timeline/condition';
import { containerStatusOf } from '../../timeline/containerStatus';
import { historyOf } from '../../timeline/history/podHistory';
import type {
  ContainerState,
  ContainerStateRunning,
  ContainerStateTerminated,
  ContainerStateWaiting,
  ContainerStatus,
  PodStatus,
} from '../../timeline/podStatus';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePassed, makePending } from '../assertionResult';
import { heldFrom, shownLast } from './statusSince';

/** Filter for a state of a container: one of the three, with the fields to compare. `true` compares no fields. */
export interface StateFilter {
  /** Matches a waiting container. */
  readonly waiting?: true | Partial<ContainerStateWaiting> | undefined;
  /** Matches a running container. */
  readonly running?: true | Partial<ContainerStateRunning> | undefined;
  /** Matches a container that has exited. */
  readonly terminated?: true | Partial<ContainerStateTerminated> | undefined;
}

/** Filter for the current and the previous state of a container. A property that you leave out matches anything. */
export interface ContainerStateFilter extends StateFilter {
  /** Matches the end of the previous instance. */
  readonly lastState?: StateFilter | undefined;
}

/** Passes if the last status shows the container in that state. The first status that showed it decides. */
export function hasContainerState(
  timeline: Timeline,
  container: string,
  wanted: ContainerStateFilter,
): AssertionResult {
  const status = containerStatusOf(timeline, container);
  if (!status) return makeFailed(undefined, { kind: 'noContainerState', container }, 'notPublished');
  const { state, lastState } = status;
  const isIt = isInState(status, wanted);
  const published = historyOf(timeline).published;
  const before = published.findLastIndex((event) => !looksLike(statusIn(event.status, container)?.state ?? {}, state));
  const last = wanted.lastState && { lastState };
  return (isIt ? makePassed : makeFailed)(published[before + 1], { kind: 'containerState', container, state, ...last });
}

/** Passes when the container is in that state at `since` or reaches it later. Fails when it never can. */
export function reachedContainerState(
  timeline: Timeline,
  since: Since,
  container: string,
  wanted: ContainerStateFilter,
): AssertionResult {
  const held = heldFrom(timeline, since, (status) => {
    const own = statusIn(status, container);
    return own !== undefined && isInState(own, wanted);
  });
  if (held) {
    const { state = {} } = statusIn(held.status, container) ?? {};
    return makePassed(held, { kind: 'containerState', container, state });
  }
  const { received, reason } = hasContainerState(timeline, container, wanted);
  const { removed } = historyOf(timeline);
  if (removed) return makeFailed(removed, received, 'removed');
  const phase = phaseOf(shownLast(timeline));
  if (isTerminal(phase)) return makeFailed(undefined, received, { kind: 'terminalPhase', phase, ends: 'starts' });
  return makePending(received, reason);
}

function isInState({ state, lastState }: ContainerStatus, wanted: ContainerStateFilter): boolean {
  return isLike(state, wanted) && (wanted.lastState === undefined || isLike(lastState, wanted.lastState));
}

function statusIn({ initContainerStatuses, containerStatuses }: PodStatus, container: string) {
  return [...initContainerStatuses, ...containerStatuses].find(({ name }) => name === container);
}

function isLike(state: ContainerState, wanted: StateFilter): boolean {
  return (['waiting', 'running', 'terminated'] as const).every((kind) => {
    const asked = wanted[kind];
    if (asked === undefined) return true;
    const actual: object | undefined = state[kind];
    if (!actual) return false;
    const parts = asked === true ? [] : Object.entries(asked);
    return parts.every(([name, value]) => (actual as Readonly<Record<string, unknown>>)[name] === value);
  });
}

/** True if both are the same state for the same reason. Their times may differ. */
function looksLike(one: ContainerState, other: ContainerState): boolean {
  return (
    one.waiting?.reason === other.waiting?.reason &&
    one.terminated?.reason === other.terminated?.reason &&
    one.terminated?.exitCode === other.terminated?.exitCode &&
    (['waiting', 'running', 'terminated'] as const).every(
      (kind) => (one[kind] === undefined) === (other[kind] === undefined),
    )
  );
}
