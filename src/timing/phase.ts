import type { Instant } from '../clock/instant';
import type { WaitLimit } from './waits';

/** A step of a pod's start, or the time after it, which a wait is in. Each has its own limit. */
export interface Phase {
  readonly kind: PhaseKind;
  /** Absent if it is about the whole pod. */
  readonly container?: string;
  readonly since: Instant;
  readonly limit: WaitLimit;
}

export type PhaseKind =
  /** The container engine has not made the sandbox, or not started the container, although nothing else delays it. */
  | 'engine'
  | 'pull'
  /** A pull has failed, and the next one has not succeeded. */
  | 'failedPull'
  | 'init'
  | 'sidecar'
  | 'postStart'
  /** The container has exited, and its restart has not come. */
  | 'restart'
  /** The containers run, so the limit is that of the wait. */
  | 'running';

/** The event that a limit counts from. */
export type LimitStart =
  | { readonly kind: 'created' | 'started' | 'ready' | 'unready' | 'called' }
  | { readonly kind: 'acted'; readonly action: string; readonly target: string | undefined };
