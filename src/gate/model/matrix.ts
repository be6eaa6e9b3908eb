import type { RestartCause } from '../../timeline/restart';
import type { Stage } from '../runner/session';
import type { Actor } from './actor';
import type { Subject } from './subject';

/** What is done to a pod, and what it should come to. */
export interface Fault {
  readonly name: FaultName;
  /** The container, or the service, that it is done to. */
  readonly target: string;
  /**
   * What would be right: that the container is restarted by its liveness probe, that it is restarted at all, or that nothing
   * is restarted, as that would help nobody.
   */
  readonly right: 'restarted by liveness' | 'restarted' | 'left running';
  /** Why it cannot be done to this one. */
  readonly whyNot?: string | undefined;
  /** Whose end and start count: all containers, where it is done to none of them. */
  readonly container?: string | undefined;
  /** Does it; resolves to why it could not be done, where the pod shows that. */
  readonly inject: (actor: Actor, stage: Stage) => Promise<string | undefined>;
  /** Takes back what keeps the pod from being well again. */
  readonly end?: (actor: Actor) => Promise<void>;
}

export const FAULT_NAMES = [
  'hang',
  'crash',
  'port closed',
  'service cut',
  'out of memory',
  'CPU throttled to its request',
  'disk full',
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

export type FaultsOf = (subject: Subject) => readonly Fault[];

/** What noticed first that something is wrong. */
export type Noticer = 'liveness' | 'readiness' | 'startup' | 'exit';

/** What came of one fault. */
export interface Cell {
  readonly fault: FaultName;
  readonly target: string;
  readonly outcome: 'right' | 'wrong' | 'notApplicable' | 'notRun';
  readonly noticedBy?: Noticer | undefined;
  /** From the fault until it was noticed, on the pod's clock. */
  readonly noticedAfterMs?: number | undefined;
  readonly restartedBy?: RestartCause | undefined;
  /** What happened, and why that is wrong or was not asked. */
  readonly sentence: string;
}

/** What each fault came to, and how many reactions are right of those that could be asked for. */
export interface Matrix {
  readonly cells: readonly Cell[];
  readonly score: { readonly right: number; readonly of: number };
}
