import type { RestartCause } from '../../timeline/history/restarts';
import type { ReactionMessage } from '../../wording/gate/reactions';
import type { FaultId } from './fault';

/** First sign of a fault. */
export type Noticer = 'liveness' | 'readiness' | 'startup' | 'exit';

/** Result of one fault. */
export interface Cell {
  readonly fault: FaultId;
  /** The container or the service. */
  readonly target: string;
  readonly outcome: 'right' | 'wrong' | 'notApplicable' | 'notRun';
  readonly noticedBy?: Noticer | undefined;
  /** Time from the fault to its detection, on the pod's clock. */
  readonly noticedAfterMs?: number | undefined;
  readonly restartedBy?: RestartCause | undefined;
  /** Reaction to the fault, or the reason why there is none. */
  readonly message: ReactionMessage;
}

/** Result of each fault, and the number of correct reactions. */
export interface Matrix {
  readonly cells: readonly Cell[];
  readonly score: { readonly right: number; readonly of: number };
}
