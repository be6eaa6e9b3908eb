import type { Instant } from '../clock/instant';
import type { Backend } from './backend';
import type { Event, EventKind, EventOf } from './event';
import type { Output } from './output';
import type { PodStatus } from './podStatus';

/** The record of what happened to one pod, oldest first. It grows while the pod runs, and only the pod's run writes it. */
export interface Timeline {
  /** All that happened, oldest first. */
  readonly events: readonly Event[];
  /** Output of the containers. It decides nothing about the pod, so it is not an event. */
  readonly output: Output;
  /** The latest instant known: nothing earlier can still be recorded. */
  readonly now: Instant;
  /** The status last published; undefined before the first. */
  readonly status: PodStatus | undefined;
  /** Services of the pod, as its clients see them. */
  readonly backend: Backend;
  /** The events of one kind, oldest first: `timeline.of('ContainerExited')`. */
  of<K extends EventKind>(kind: K): readonly EventOf<K>[];
  /** The record as it stood at `at`, with all that happened at that instant. */
  upTo(at: Instant): Timeline;
}
