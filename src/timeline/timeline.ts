import type { Instant } from '../clock/instant';
import type { Backend } from './backend';
import type { Event, EventKind, EventOf } from './event';
import type { Output } from './output';
import type { PodStatus } from './podStatus';

/** Events of a pod run, oldest first. It grows while the pod runs, and only the pod run writes to it. */
export interface Timeline {
  /** All events, oldest first. */
  readonly events: readonly Event[];
  /** Output of the containers. It is not an event, because it has no effect on the pod. */
  readonly output: Output;
  /** Latest known instant. No earlier event can follow. */
  readonly now: Instant;
  /** Last published status. Undefined before the first. */
  readonly status: PodStatus | undefined;
  /** Services of the pod, as its clients see them. */
  readonly backend: Backend;
  /** Returns the events of one kind, oldest first: `timeline.of('ContainerExited')`. */
  of<K extends EventKind>(kind: K): readonly EventOf<K>[];
  /** Returns the timeline up to an instant, with all events at that instant. */
  upTo(at: Instant): Timeline;
}
