import type { Stage } from '../runner/session';
import type { CheckId } from './checks';

/** What is done to a pod, or nothing, and to which of its containers. */
export type Deed =
  | { readonly kind: 'Nothing' }
  /** Nothing, until it has ended by itself. */
  | { readonly kind: 'AwaitEnd' }
  /** Its liveness probe has it restarted within so long, its readiness probe takes it out of the endpoints, where it has them. */
  | {
      readonly kind: 'Hang';
      readonly container: string;
      readonly restartMs: number | undefined;
      readonly leaveMs: number | undefined;
    }
  | { readonly kind: 'Crash'; readonly container: string; readonly restartMs: number }
  /** It stands still for so long as soon as it runs. */
  | { readonly kind: 'StartSlowly'; readonly container: string; readonly slowMs: number }
  /** Others are watched for so long meanwhile. */
  | {
      readonly kind: 'HangBeside';
      readonly container: string;
      readonly others: readonly string[];
      readonly watchMs: number;
    }
  | { readonly kind: 'HangService'; readonly service: string; readonly watchMs: number };

/** A pod's life in which something is done to it, or nothing, and what is asked of it meanwhile. */
export interface Scenario {
  /** As progress is told: `web hangs`. */
  readonly name: string;
  readonly deed: Deed;
  /** What it answers. */
  readonly checks: readonly CheckId[];
  /** Whether the others build on what it finds: they end when it does not. */
  readonly isGround?: boolean;
  /** Gives its answers to the stage, one by one. */
  readonly play: (stage: Stage) => Promise<void>;
}
