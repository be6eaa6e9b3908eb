import type { RestartCause } from '../../timeline/history/restarts';
import type { ReactionMessage } from '../../wording/gate/reactions';
import type { FaultId } from './fault';

/** The first sign of a fault. */
export type Noticer = 'liveness' | 'readiness' | 'startup' | 'exit';

/** Result of one fault. */
export interface Cell {
  readonly fault: FaultId;
  /** The container or the service. */
  readonly target: string;
  readonly outcome: 'right' | 'wrong' | 'notApplicable' | 'notRun';
  readonly noticedBy?: Noticer | undefined;
  /** From the fault until it was noticed, on the pod's clock. */
  readonly noticedAfterMs?: number | undefined;
  readonly restartedBy?: RestartCause | undefined;
  /** What happened, and why it is wrong or not known. */
  readonly message: ReactionMessage;
}

/** The result of each fault, and how many of the known reactions are right. */
export interface Matrix {
  readonly cells: readonly Cell[];
  readonly score: { readonly right: number; readonly of: number };
}
