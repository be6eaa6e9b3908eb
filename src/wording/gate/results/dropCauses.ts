import type { SignalTrouble } from '../../../timeline/history/signalTrouble';
import { formatRoughly } from '../../durations';
import { formatList } from '../../list';
import { formatSignalTrouble } from '../../signalTrouble';
import type { ContainerFact } from '../facts';
import { formatFrom, type MessageOf } from '../message';

interface AnswersAfterSignal extends ContainerFact {
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
  errors: ({ container, statuses, afterMs, signal }: AnswersAfterSignal) =>
    `${container} answers clients with ${formatList(statuses)} from ${formatRoughly(afterMs)} after ${signal} on`,
  exited: ({ container, afterMs, exitCode, isUnhandled }: ExitAfterSignal) => {
    const does = `${container} ends ${formatRoughly(afterMs)} after its stop signal`;
    if (exitCode === 0) return `${does}, while clients still come`;
    const how = isUnhandled ? ', as a program without a handler for it does' : '';
    return `${does} with exit code ${exitCode}${how}, while clients still come: serve on until they have left`;
  },
  signal: ({ trouble }: { readonly trouble: SignalTrouble }) => formatSignalTrouble(trouble),
  stayedReady: 'its readiness probe never says that it is going: have it fail from the stop signal on',
} as const;

export type DropCause = MessageOf<typeof DROP_CAUSES>;

/** Returns why requests were dropped, as a clause. */
export function formatDropCause(cause: DropCause): string {
  return formatFrom(DROP_CAUSES, cause);
}
