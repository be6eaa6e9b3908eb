import type { PodPhase } from '../timeline/podStatus';
import type { HookFilter } from './events/ranHook';
import type { RestartFilter } from './restarts/restarted';
import type { AllowedRestarts } from './restarts/restartsAtMost';

/** Assertion about a pod, as data. The gate evaluates it, and a printed spec has a matcher call for it. */
export type Assertion =
  /** The pod becomes Ready, and no container fails on the way. */
  | { readonly kind: 'startup' }
  /** The pod stays Ready, and nothing is restarted. */
  | { readonly kind: 'steadyState' }
  /** The pod stops being Ready and is Ready again, and nothing is restarted. */
  | { readonly kind: 'recoveredByItself' }
  /** The init containers that complete have run. */
  | { readonly kind: 'initialized' }
  /** The container runs, whether it is started or not. */
  | { readonly kind: 'running'; readonly container: string }
  /** No probe kills a container that is not started; passes once it is started. */
  | { readonly kind: 'keptDuringStartup'; readonly container: string }
  | ({ readonly kind: 'restarted' } & RestartFilter)
  | ({ readonly kind: 'restartsAtMost' } & AllowedRestarts)
  /** The pod is Ready again, with every restart of the container so far. */
  | { readonly kind: 'recovered'; readonly container: string }
  /** None of these containers is killed by its probe or exits. */
  | { readonly kind: 'stoodBy'; readonly containers: readonly string[] }
  /** The pod leaves the endpoints, and no attempt of the container's readiness probe after the fault succeeds. */
  | { readonly kind: 'leftByReadiness'; readonly container: string }
  | { readonly kind: 'phase'; readonly phase: PodPhase }
  | ({ readonly kind: 'ranHook' } & HookFilter)
  /** Every container exits within the grace period. */
  | { readonly kind: 'stoppedInGrace' }
  /** An error status of these paths does not count as a drop. */
  | { readonly kind: 'dropsNoRequests'; readonly mayRefuse: readonly string[] };

export type AssertionOf<Kind extends Assertion['kind']> = Extract<Assertion, { readonly kind: Kind }>;
