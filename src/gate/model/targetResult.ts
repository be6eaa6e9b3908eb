import type { AssertionResult } from '../../assertions/assertionResult';
import type { Instant } from '../../clock/instant';
import type { Severity } from '../../lint/rule';
import type { Pod } from '../../manifest/model';
import type { Position } from '../../manifest/values/position';
import type { ContainerProcess } from '../../timeline/event';
import type { CauseId } from '../../timeline/failureCause';
import type { Timeline } from '../../timeline/timeline';
import { formatReasonOrReceived } from '../../wording/facts/reason';
import type { CheckMessage } from '../../wording/gate/results/checkMessage';
import type { CheckId } from './checks';
import type { MemorySample } from './memory/memorySample';
import type { Patch } from './patch';
import type { Subject } from './subject';

/** What came of asking one question of a check; a check that is asked of several containers has several. */
export interface TargetResult {
  readonly check: CheckId;
  /** `notRun`: it applies, but something else kept it from being asked. `notApplicable`: there is nothing to ask. */
  readonly outcome: 'passed' | 'failed' | 'notRun' | 'notApplicable';
  /** How bad a failure is. Default: `error`. One below `--fail-on` passes, and is reported with its severity. */
  readonly severity?: Severity | undefined;
  /** What a failure comes from, if the check knows it. Default: what its evidence shows. */
  readonly cause?: CauseId | undefined;
  /** What to do about a failure, if the check knows it. Default: as its evidence says. */
  readonly advice?: string | undefined;
  /** Why a failure does not count. */
  readonly waived?: string | undefined;
  /** What would happen in production, or why nothing was checked. */
  readonly message: CheckMessage;
  /** True if the message says what was received. Default: if no reason is known, as {@link whyOf} then says it. */
  readonly saysReceived?: boolean | undefined;
  /** Of what was not run: its run broke, so nothing can be said of the app. */
  readonly isBroken?: true | undefined;
  /** True if the machine was too busy for what was observed to count. */
  readonly isOverloaded?: true | undefined;
  /** True if its experiment ran once more, alone, because the machine was too busy the first time. */
  readonly isRepeated?: true | undefined;
  readonly container?: string | undefined;
  /** The record it was judged by. */
  readonly record?: Evidence | undefined;
  /** The field at fault, in the pod: `spec.containers[0].livenessProbe`. */
  readonly field?: string | undefined;
  /** The smallest change that would pass, where a number in the manifest is at fault. */
  readonly patch?: Patch | undefined;
  /** The limit of the search for a patch, in milliseconds, if it was reached. */
  readonly searchLimitMs?: number | undefined;
  /** What the check took, on the pod's clock, in milliseconds. */
  readonly spentMs?: number | undefined;
  /** What the manifest alone says, where nothing had to run. */
  readonly found?: ManifestFact | undefined;
  /** On the pod's clock, in milliseconds, from the fault to the reaction, where there is one. */
  readonly tookMs?: number | undefined;
}

export interface Evidence {
  readonly result: AssertionResult;
  readonly timeline: Timeline;
  readonly pod: Pod;
  /** Why it shows nothing that what was waited for has not happened. */
  readonly unfair?: string | undefined;
  /** The looks at its processes, oldest first. */
  readonly looks?: readonly ProcessLook[];
  readonly memory?: readonly MemorySample[];
}

/** The processes of a container at an instant, the main one first. */
export interface ProcessLook {
  readonly container: string;
  readonly at: Instant;
  readonly processes: readonly ContainerProcess[];
}

/** Result of a check. The worst of its targets' results decides. */
export interface CheckResult {
  readonly check: CheckId;
  readonly outcome: TargetResult['outcome'];
  readonly answers: readonly TargetResult[];
}

/** Something seen in the manifest. */
export interface ManifestFact {
  /** The finding's code; absent where it is Kubernetes that says no. */
  readonly code?: string | undefined;
  /** In the manifest, in Kubernetes' notation. */
  readonly field?: string | undefined;
  readonly position?: Position | undefined;
}

/** The reason a result gives, else what there was. */
export function whyOf({ result }: Evidence): string {
  return formatReasonOrReceived(result);
}

/** True if {@link whyOf} says what was received. */
export function isUnexplained({ result: { reason } }: Evidence): boolean {
  return (reason?.kind === 'usedTime' ? reason.reason : reason) === undefined;
}

/** A check of the endpoints fails if no Service sends requests to the pod. */
export function unreachable({ backend: { obstacle } }: Subject, check: CheckId): TargetResult | undefined {
  if (obstacle === undefined) return undefined;
  return { check, outcome: 'failed', message: { kind: 'neverInEndpoints', obstacle } };
}
