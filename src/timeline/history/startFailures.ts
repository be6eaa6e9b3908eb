import type { StartFailure } from '../causes';
import { type Event, isA } from '../event';

/** Finds the reason for the last failed start of each container that has not started since. */
export class StartFailures {
  /** By container. */
  readonly all = new Map<string, StartFailure>();

  fold(event: Event): void {
    if (!isA('Failed', event) && !isA('ContainerStarted', event)) return;
    const { container = '' } = event;
    this.all.delete(container);
    if (isA('Failed', event) && event.failure) this.all.set(container, event.failure);
  }
}
