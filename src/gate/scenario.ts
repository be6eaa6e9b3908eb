import type { Answer } from './answer';
import type { CheckId } from './checks';
import type { Stage } from './stage';

/** A pod's life in which something is done to it, or nothing, and what is asked of it meanwhile. */
export interface Scenario {
  /** As progress is told: `web hangs`. */
  readonly name: string;
  /** What it answers. */
  readonly checks: readonly CheckId[];
  readonly play: (stage: Stage) => Promise<readonly Answer[]>;
}
