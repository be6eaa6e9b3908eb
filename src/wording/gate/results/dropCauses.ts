import type { SignalTrouble } from '../../../timeline/history/signalTrouble';
import { formatRoughly } from '../../durations';
import { formatList } from '../../list';
import { formatFrom, type MessageOf } from '../../message';
import { formatSignalCause } from '../../signalTrouble';
import type { ContainerFact } from '../facts';

interface ErrorsAfterSignal extends ContainerFact {
  readonly statuses: readonly string[];
  readonly afterMs: number;
  readonly signal: string;
}

interface ExitAfterSignal extends ContainerFact {
  readonly afterMs: number;
  readonly exitCode: number;
  /** True if the container has no handler for the signal. */
  readonly isUnhandled: boolean;
}

/** Reasons why requests to a deleted container were dropped. */
export const DROP_CAUSES = {
  errors: ({ container, statuses, afterMs, signal }: ErrorsAfterSignal) =>
    `${container} returns ${formatList(statuses)} to clients, starting ${formatRoughly(afterMs)} after ${signal}`,
  exited: ({ container, afterMs, exitCode, isUnhandled }: ExitAfterSignal) => {
    const code = exitCode === 0 ? '' : ` with code ${exitCode}`;
    const why = isUnhandled ? ' because it has no handler for the signal' : '';
    return `${container} exits${code} ${formatRoughly(afterMs)} after its stop signal${why}, while clients still send requests`;
  },
  signal: ({ trouble }: { readonly trouble: SignalTrouble }) => formatSignalCause(trouble),
  stayedReady: 'The readiness probe does not fail after the stop signal',
} as const;

export type DropCause = MessageOf<typeof DROP_CAUSES>;

/** Returns why requests were dropped, as a sentence without its full stop. */
export function formatDropCause(cause: DropCause): string {
  return formatFrom(DROP_CAUSES, cause);
}
