import type { ExitFilter } from '../../assertions/endings/exitedWith';
import type { LineFilter } from '../../assertions/events/logged';
import type { HookFilter } from '../../assertions/events/ranHook';
import type { Plain } from '../../assertions/facts/plain';
import type { CrashLoopFilter } from '../../assertions/restarts/crashLoop';
import type { RestartFilter } from '../../assertions/restarts/restarted';
import type { AllowedRestarts } from '../../assertions/restarts/restartsAtMost';
import type { ConditionFilter } from '../../assertions/status/condition';
import type { ContainerStateFilter } from '../../assertions/status/containerState';
import type { LeftAs } from '../../assertions/traffic/leftEndpoints';
import type { PodPhase } from '../../timeline/podStatus';
import type { WaitLimit } from '../../timing/waits';

/** State of a pod or container that a matcher expects. */
export type StateExpectation =
  | Plain<'becomeReady' | 'beReady' | 'enterEndpoints' | 'beInEndpoints'>
  /** Every container if none is named. */
  | { readonly kind: 'becomeStarted'; readonly container?: string | undefined }
  | ({ readonly kind: 'leaveEndpoints' } & LeftAs)
  | ({ readonly kind: 'reachPhase' } & PhaseFact)
  | ({ readonly kind: 'havePhase' } & PhaseFact)
  | ({ readonly kind: 'reachState' } & ContainerStateFact)
  | ({ readonly kind: 'haveState' } & ContainerStateFact)
  | { readonly kind: 'haveCondition'; readonly type: string; readonly condition: string | ConditionFilter }
  | { readonly kind: 'haveRestartCount'; readonly container: string; readonly restarts: number }
  /** The waits are durations as the test wrote them. */
  | { readonly kind: 'haveBackOffs'; readonly container: string; readonly waits: readonly string[] };

interface PhaseFact {
  readonly phase: PodPhase;
}

interface ContainerStateFact {
  readonly container: string;
  readonly state: ContainerStateFilter;
}

/** Something that a matcher expects to happen, once unless `times` says otherwise. */
export type OccurrenceExpectation =
  | { readonly kind: 'becomeUnready'; readonly times?: number | undefined }
  /** The event as the test wrote it. */
  | { readonly kind: 'emitEvent'; readonly event: string; readonly times?: number | undefined }
  | { readonly kind: 'haveEvent'; readonly event: string }
  | { readonly kind: 'haveEventsInOrder'; readonly events: readonly string[] }
  | ({ readonly kind: 'enterCrashLoopBackOff' } & CrashLoopFilter)
  | ({ readonly kind: 'exit' } & ExitFilter)
  | ({ readonly kind: 'log' } & LineFilter)
  | ({ readonly kind: 'restart' } & RestartFilter)
  | ({ readonly kind: 'runHook' } & HookFilter)
  /** Every stopped container if none is named. */
  | {
      readonly kind: 'terminateGracefully';
      readonly container?: string | undefined;
      readonly exitCode?: number | undefined;
    };

/** Something that a matcher expects for a time, or until the deletion of the pod if that is undefined. */
export type WindowExpectation =
  | { readonly kind: 'stayReady'; readonly windowMs: number | undefined }
  | ({ readonly kind: 'restartAtMost'; readonly windowMs: number | undefined } & AllowedRestarts)
  | { readonly kind: 'dropNoRequests'; readonly windowMs: number | undefined }
  | {
      readonly kind: 'surviveOutage';
      readonly service: string;
      readonly windowMs: number;
      readonly recovery: WaitLimit;
    };

/** Content of a manifest, or of a value, that a matcher expects. */
export type ValueExpectation =
  | Plain<'beValid'>
  /** The codes of the findings that it may have. */
  | { readonly kind: 'haveNoFindings'; readonly except: readonly string[] }
  | { readonly kind: 'exitCode'; readonly code: number }
  | { readonly kind: 'podEvent'; readonly event: string };

/** Expectation of a matcher, as data. */
export type Expectation = StateExpectation | OccurrenceExpectation | WindowExpectation | ValueExpectation;

/** An expectation, or its negation. */
export type Stated<Kind extends Expectation> = Kind extends unknown ? Kind & { readonly isNot: boolean } : never;
