import type { Assertion } from '../../assertions/assertion';
import type { Instant } from '../../clock/instant';
import type { Since } from '../../timeline/since';
import type { ObstacleMessage } from '../../wording/gate/obstacles';
import type { WaitMessage } from '../../wording/gate/progress/announcements';
import type { ExperimentName } from '../../wording/gate/progress/experiments';
import type { CheckTarget } from '../../wording/gate/progress/targets';
import type { ClientOptions } from './actor';
import type { CheckId } from './checks';
import type { HttpCaller } from './clients';
import type { FaultDefinition } from './fault';
import type { NotChecked } from './notChecked';
import type { SymptomKind } from './observation';
import type { Subject } from './subject';
import type { Evidence, TargetResult } from './targetResult';
import type { PodChange } from './variant';
import type { CheckWindow } from './window';

export type { Assertion } from '../../assertions/assertion';

/** Actions on a pod and checks of it, as data. */
export interface Experiment {
  readonly name: ExperimentName;
  readonly steps: readonly Step[];
  /** Change of the manifest's pod. */
  readonly change?: PodChange;
  /** True if the results of the other experiments count only if this one passes. */
  readonly isPrerequisite?: boolean;
  /** True if it must run alone, because it injects a fault into a dependency that other pods use. */
  readonly isExclusive?: boolean;
  /**
   * Real milliseconds without an event after which gaps between probes are skipped while containers run. If it is absent,
   * time is skipped only while every container is frozen or has exited.
   */
  readonly calmAfterMs?: number;
  /** Row of the matrix. */
  readonly fault?: InjectedFault;
  /** Reason why the fault cannot be injected into this pod. */
  readonly notApplicable?: ObstacleMessage | undefined;
}

/** A fault with its target. */
export interface InjectedFault extends FaultDefinition {
  /** A container or a service; empty if the pod has none. */
  readonly target: string;
  /** Container whose restart counts. If it is absent, any restart counts. */
  readonly container?: string;
}

export type Step = ActionStep | CheckStep | ResultStep | ObserveStep | TogetherStep | FinallyStep;

/** Action on the pod, or on a dependency. */
export type ActionStep =
  | { readonly do: 'start' | 'waitUntilReady' | 'disconnect' | 'reconnect' | 'stopRequests' | 'delete' }
  | { readonly do: 'waitUntilRunning' | 'freeze' | 'kill'; readonly container: string }
  | { readonly do: 'fillDisk'; readonly container: string; readonly mountPath: string; readonly mebi: number }
  /** Skipped if the assertion passes since the last action. */
  | { readonly do: 'thaw'; readonly container: string; readonly unless?: Assertion }
  | { readonly do: 'limitCPU'; readonly container: string; readonly cpu: string }
  /** Lowers the limit until the kernel kills the container, while the client sends requests, and restores it. */
  | { readonly do: 'limitMemory'; readonly container: string; readonly memory: string; readonly client?: HttpCaller }
  | { readonly do: 'freezeService' | 'thawService' | 'cutService' | 'joinService'; readonly service: string }
  /** Records the processes of each container, for observations. */
  | { readonly do: 'look' }
  /** Starts to measure the working set of each container, for observations. */
  | { readonly do: 'measureMemory' }
  /** Finds the first target of each client that the pod serves. A client without one sends nothing. */
  | { readonly do: 'chooseTargets'; readonly clients: readonly HttpCaller[] }
  | ({ readonly do: 'requests'; readonly clients: readonly HttpCaller[] } & Pick<
      ClientOptions,
      'concurrency' | 'timeout'
    >);

export type ActionOf<Name extends ActionStep['do']> = Extract<ActionStep, { readonly do: Name }>;

/** Step that waits for an assertion, or watches it, and returns a result. */
export interface CheckStep {
  /** `detected` is a wait without a result. */
  readonly check: CheckId | 'detected';
  /** Shown in parentheses in the title of a printed test. */
  readonly about?: CheckTarget;
  readonly assertion: Assertion;
  readonly window: CheckWindow;
  /** The assertion counts from the start of the pod, the last actions, or this step. */
  readonly counts: 'pod' | 'action' | 'step';
  readonly waitingFor: WaitMessage;
  readonly toResult?: (evidence: Evidence, wait: WaitFacts) => TargetResult | undefined;
  /** Assertion that ends the window early. Default: the assertion of the step. */
  readonly until?: Assertion;
  /** True at the end of the window if it must be watched once more. */
  readonly again?: (evidence: Evidence, wait: WaitFacts) => boolean;
  /** Patches to search for if the check fails, in this order. */
  readonly patches?: readonly PatchName[];
  /** Steps that replace the following ones if the check does not pass. */
  readonly ifFailed?: readonly Step[];
}

/** Instant from which a check counts, and its longest time. */
export interface WaitFacts {
  readonly since: Since;
  readonly from: Instant;
  readonly windowMs: number;
}

/** Step with a result that needs only the manifest. */
export interface ResultStep {
  readonly result: TargetResult;
}

/** Step that evaluates the timeline so far, and returns a result for each symptom. */
export interface ObserveStep {
  readonly observe: CheckId;
  /** Symptoms that it looks for. No matcher covers them, so a printed spec lists them. */
  readonly finds: readonly SymptomKind[];
  /** It evaluates the whole run of the pod, the part after the last actions, or the part after this step. */
  readonly counts: CheckStep['counts'];
  readonly toResults: (evidence: Evidence, from: Pick<WaitFacts, 'since' | 'from'>) => readonly TargetResult[];
}

/** Checks that wait at the same time. */
export interface TogetherStep {
  readonly together: readonly (CheckStep | ResultStep)[];
}

/** Action that also runs if the experiment ends after the action before it. */
export interface FinallyStep {
  readonly finally: ActionStep;
}

export type PatchName = 'memory' | 'slowAnswer' | 'slowStart' | 'grace' | 'drain';

/** Experiments of one file. */
export interface ExperimentFile {
  /** The experiments of a pod, in the order of their start. */
  readonly experimentsFor: (subject: Subject) => readonly Experiment[];
  /** Gaps in its checks, because the manifest or the user does not provide something. */
  readonly gapsOf?: (subject: Subject) => readonly NotChecked[];
  readonly fault?: FaultDefinition;
}

/** Returns the checks that an experiment has results for, each once. */
export function checksOf({ steps }: Experiment): readonly CheckId[] {
  return [...new Set(steps.flatMap(checksIn))];
}

function checksIn(step: Step): readonly CheckId[] {
  if ('together' in step) return step.together.flatMap(checksIn);
  if ('result' in step) return [step.result.check];
  if ('observe' in step) return [step.observe];
  return 'check' in step && step.check !== 'detected' ? [step.check] : [];
}
