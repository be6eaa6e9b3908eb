import type {
  ContainerState,
  ContainerStateRunning,
  ContainerStateTerminated,
  ContainerStateWaiting,
} from '../timeline/podStatus';
import type { Timeline } from '../timeline/timeline';
import { howItEnded } from './containerWords';
import { holds, type Judgement, violated } from './judgement';
import { statusOf } from './statusOf';

/** A state as it is asked for: which of the three it is, and some of what it says; `true` asks for no more. */
export interface WantedState {
  readonly waiting?: true | Partial<ContainerStateWaiting> | undefined;
  readonly running?: true | Partial<ContainerStateRunning> | undefined;
  readonly terminated?: true | Partial<ContainerStateTerminated> | undefined;
}

/** A container's state as a test asks for it; what is not named is not asked. */
export interface WantedContainerState extends WantedState {
  /** How the instance before ended. */
  readonly lastState?: WantedState | undefined;
}

/** Whether a container's state is that one, as last published. Deciding is the status from which on it is as it is. */
export function hasContainerState(timeline: Timeline, container: string, wanted: WantedContainerState): Judgement {
  const status = statusOf(timeline, container);
  if (!status) return violated(undefined, `no state of ${container}`, 'nothing is published of it yet');
  const { state, lastState } = status;
  const isIt = isLike(state, wanted) && (wanted.lastState === undefined || isLike(lastState, wanted.lastState));
  const published = timeline.of('StatusPublished');
  const before = published.findLastIndex((event) => describe(stateIn(event.status, container)) !== describe(state));
  const last = wanted.lastState && `, before that ${describe(lastState)}`;
  return (isIt ? holds : violated)(published[before + 1], `${container} ${describe(state)}${last ?? ''}`);
}

function stateIn(status: NonNullable<Timeline['status']>, container: string): ContainerState {
  const { initContainerStatuses, containerStatuses } = status;
  return [...initContainerStatuses, ...containerStatuses].find(({ name }) => name === container)?.state ?? {};
}

function isLike(state: ContainerState, wanted: WantedState): boolean {
  return (['waiting', 'running', 'terminated'] as const).every((kind) => {
    const asked = wanted[kind];
    if (asked === undefined) return true;
    const actual: object | undefined = state[kind];
    if (!actual) return false;
    const parts = asked === true ? [] : Object.entries(asked);
    return parts.every(([name, value]) => (actual as Readonly<Record<string, unknown>>)[name] === value);
  });
}

/** `waiting (CrashLoopBackOff)`, `running`, `terminated: exited with 137 (OOMKilled)`. */
function describe({ waiting, running, terminated }: ContainerState): string {
  if (terminated) return `terminated (${howItEnded('it', terminated)})`;
  if (running) return 'running';
  return waiting ? `waiting${waiting.reason ? ` (${waiting.reason})` : ''}` : 'in no state';
}
