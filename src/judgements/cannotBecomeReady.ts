import { isTerminal } from '../timeline/condition';
import type { Event } from '../timeline/event';
import type { ContainerStatus, PodStatus } from '../timeline/podStatus';
import type { Timeline } from '../timeline/timeline';
import { howItEnded } from './containerWords';

/** Words by which container engines and registries say that an image is not there, rather than not to be reached. */
const IMAGE_MISSING = /\bnot found\b|does not exist|manifest unknown|no such image|access denied/i;
const PULL_REASONS = ['ErrImagePull', 'ImagePullBackOff'];
const FINAL_REASONS = ['ErrImageNeverPull', 'InvalidImageName'];
/** Words by which they say that a container's program is not in its image. */
const PROGRAM_MISSING = /executable file not found|no such file or directory|permission denied/i;

export interface Obstacle {
  readonly why: string;
  readonly event: Event | undefined;
}

/** What keeps the pod from ever becoming Ready, however long one waits; undefined while it still may. */
export function cannotBecomeReady(timeline: Timeline): Obstacle | undefined {
  const removed = timeline.of('PodRemoved')[0];
  if (removed) return { why: 'the pod has been removed', event: removed };
  const { status } = timeline;
  if (!status) return undefined;
  const why = terminalPhase(status) ?? missingImage(status) ?? missingProgram(status);
  return why === undefined ? undefined : { why, event: lastOfNote(timeline) };
}

function terminalPhase({ phase, reason, containerStatuses }: PodStatus): string | undefined {
  if (!isTerminal(phase)) return undefined;
  const ended = containerStatuses.flatMap(({ name, state }) =>
    state.terminated ? [howItEnded(name, state.terminated)] : [],
  );
  return [`the pod's phase is ${phase}`, reason ?? ended.join(', ')].filter(Boolean).join(': ');
}

function missingImage(status: PodStatus): string | undefined {
  const container = everyContainer(status).find(({ state: { waiting } }) => {
    const { reason = '', message = '' } = waiting ?? {};
    return FINAL_REASONS.includes(reason) || (PULL_REASONS.includes(reason) && IMAGE_MISSING.test(message));
  });
  const waiting = container?.state.waiting;
  return container && `the image of ${container.name} cannot be had: ${waiting?.message ?? waiting?.reason}`;
}

function missingProgram(status: PodStatus): string | undefined {
  for (const { name, state, lastState } of everyContainer(status)) {
    const ended = state.terminated ?? lastState.terminated;
    if (ended?.reason === 'StartError' && PROGRAM_MISSING.test(ended.message ?? '')) {
      return `the program of ${name} cannot be started: ${ended.message}`;
    }
  }
  return undefined;
}

function everyContainer(status: PodStatus): readonly ContainerStatus[] {
  return [...status.initContainerStatuses, ...status.containerStatuses];
}

/** The last event a person would be shown, other than a status. */
function lastOfNote(timeline: Timeline): Event | undefined {
  return timeline.events.findLast(
    ({ kind }) => kind === 'ContainerExited' || kind === 'Failed' || kind === 'ErrImageNeverPull',
  );
}
