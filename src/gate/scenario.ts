import type { CheckId } from './checks';
import type { Stage } from './stage';

/** A pod's life in which something is done to it, or nothing, and what is asked of it meanwhile. */
export interface Scenario {
  /** As progress is told: `web hangs`. */
  readonly name: string;
  /** What it answers. */
  readonly checks: readonly CheckId[];
  /** Whether the others build on what it finds: they end when it does not. */
  readonly isGround?: boolean;
  /** Gives its answers to the stage, one by one. */
  readonly play: (stage: Stage) => Promise<void>;
}
