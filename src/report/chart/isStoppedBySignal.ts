import type { EventOf } from '../../timeline/event';

/** Exit code of a process that SIGTERM terminated. */
const TERMINATED = 143;

/** True if the stop signal terminated the container, which is a normal exit for an app without a handler. */
export function isStoppedBySignal({ exitCode, afterSignalMs }: EventOf<'ContainerExited'>): boolean {
  return exitCode === TERMINATED && afterSignalMs !== undefined;
}
