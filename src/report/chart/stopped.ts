import type { EventOf } from '../../timeline/event';

/** Of a process that SIGTERM has ended. */
const TERMINATED = 143;

/** Whether a container ended as one that is told to stop does when it has nothing to see to. */
export function endedBySignal({ exitCode, afterSignalMs }: EventOf<'ContainerExited'>): boolean {
  return exitCode === TERMINATED && afterSignalMs !== undefined;
}
