import type { AssertionResult } from '../../assertions/assertionResult';
import type { Instant } from '../../clock/instant';
import type { Severity } from '../../lint/rule';
import type { Pod } from '../../manifest/model';
import type { Position } from '../../manifest/values/position';
import type { ContainerProcess } from '../../timeline/event';
import type { CauseId } from '../../timeline/failureCause';
import type { Timeline } from '../../timeline/timeline';
import type { CheckMessage } from '../../wording/gate/results/checkMessage';
import type { CheckId } from './checks';
import type { MemorySample } from './memory/memorySample';
import type { Patch } from './patch';
import type { Subject } from './subject';

/** Result of a check for one target. A check of several containers has several. */
export interface TargetResult {
  readonly check: CheckId;
  /** `notRun` if something prevented the check, `notApplicable` if the pod has nothing to check. */
  readonly outcome: 'passed' | 'failed' | 'notRun' | 'notApplicable';
  /** Severity of a failure, also of one that `--fail-on` lets pass. Default: `error`. */
  readonly severity?: Severity | undefined;
  /** Cause of a failure. Default: the cause that its evidence shows. */
  readonly cause?: CauseId | undefined;
  /** Fix of a failure. Default: the fix that its facts or its evidence show. */
  readonly advice?: string | undefined;
  /** Reason of a waiver. */
  readonly waived?: string | undefined;
  /** Behavior that was found, or the reason why nothing was checked. */
  readonly message: CheckMessage;
  /** True if the message contains what was received. Default: true if no reason is known. */
  readonly saysReceived?: boolean | undefined;
  /** True if the check was not run because its run was aborted. */
  readonly isBroken?: true | undefined;
  /** True if the machine was too busy for the observation to count. */
  readonly isOverloaded?: true | undefined;
  /** True if its experiment ran once more, alone, because the machine was too busy the first time. */
  readonly isRepeated?: true | undefined;
  readonly container?: string | undefined;
  /** Evidence of the result. */
  readonly record?: Evidence | undefined;
  /** Field of the pod that causes a failure: `spec.containers[0].livenessProbe`. */
  readonly field?: string | undefined;
  /** Smallest change that passes, if a number in the manifest causes the failure. */
  readonly patch?: Patch | undefined;
  /** Limit of the search for a patch, in milliseconds, if it was reached. */
  readonly searchLimitMs?: number | undefined;
  /** Time of the check itself on the pod's clock, in milliseconds. */
  readonly spentMs?: number | undefined;
  /** Finding in the manifest, if nothing had to run. */
  readonly found?: ManifestFact | undefined;
  /** Time from the fault to the reaction on the pod's clock, in milliseconds. */
  readonly tookMs?: number | undefined;
}

export interface Evidence {
  readonly result: AssertionResult;
  readonly timeline: Timeline;
  readonly pod: Pod;
  /** Reason why a missing event shows nothing: this machine was too busy. */
  readonly unfair?: string | undefined;
  /** Recorded processes, oldest first. */
  readonly looks?: readonly ProcessLook[];
  readonly memory?: readonly MemorySample[];
}

/** The processes of a container at an instant, the main one first. */
export interface ProcessLook {
  readonly container: string;
  readonly at: Instant;
  readonly processes: readonly ContainerProcess[];
}

/** Result of a check, which is the worst result of its targets. */
export interface CheckResult {
  readonly check: CheckId;
  readonly outcome: TargetResult['outcome'];
  readonly answers: readonly TargetResult[];
}

/** Finding in the manifest. */
export interface ManifestFact {
  /** Code of the finding; absent if Kubernetes rejects the manifest. */
  readonly code?: string | undefined;
  /** Field of the manifest in Kubernetes' notation. */
  readonly field?: string | undefined;
  readonly position?: Position | undefined;
}

/** True if a result has no reason, so that messages contain what was received. */
export function isUnexplained({ result: { reason } }: Evidence): boolean {
  return (reason?.kind === 'usedTime' ? reason.reason : reason) === undefined;
}

/** Returns the failure of an endpoint check if no Service sends requests to the pod. */
export function unreachable({ backend: { obstacle } }: Subject, check: CheckId): TargetResult | undefined {
  if (obstacle === undefined) return undefined;
  return { check, outcome: 'failed', message: { kind: 'neverInEndpoints', obstacle } };
}
