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

/** The run of a pod as data: what is done to it, and what is checked. */
export interface Experiment {
  readonly name: ExperimentName;
  readonly steps: readonly Step[];
  /** The pod is the manifest's with this change. */
  readonly change?: PodChange;
  /** True if the results of all others count only if this one passes. */
  readonly isPrerequisite?: boolean;
  /** True if it injects a fault into a service that other pods use: it runs alone. */
  readonly isExclusive?: boolean;
  /**
   * Real milliseconds after which gaps between probes are skipped while containers run and nothing happens to the pod.
   * Without it, time is skipped only while every container is frozen or has exited.
   */
  readonly calmAfterMs?: number;
  /** Its row of the matrix. */
  readonly fault?: InjectedFault;
  /** Why the fault cannot be injected into this pod. */
  readonly notApplicable?: ObstacleMessage | undefined;
}

/** A fault with its target. */
export interface InjectedFault extends FaultDefinition {
  /** A container or a service; empty if the pod has none. */
  readonly target: string;
  /** The container whose restart counts. Any restart counts if it is absent. */
  readonly container?: string;
}

export type Step = ActionStep | CheckStep | ResultStep | ObserveStep | TogetherStep | FinallyStep;

/** An action on the pod, or on what it talks to. */
export type ActionStep =
  | { readonly do: 'start' | 'waitUntilReady' | 'disconnect' | 'reconnect' | 'stopRequests' | 'delete' }
  | { readonly do: 'waitUntilRunning' | 'freeze' | 'kill'; readonly container: string }
  | { readonly do: 'fillDisk'; readonly container: string; readonly mountPath: string; readonly mebi: number }
  /** Not done if the assertion holds since the last action. */
  | { readonly do: 'thaw'; readonly container: string; readonly unless?: Assertion }
  | { readonly do: 'limitCPU'; readonly container: string; readonly cpu: string }
  /** Lowers the limit until the kernel kills the container, while the client sends requests, and restores it. */
  | { readonly do: 'limitMemory'; readonly container: string; readonly memory: string; readonly client?: HttpCaller }
  | { readonly do: 'freezeService' | 'thawService' | 'cutService' | 'joinService'; readonly service: string }
  /** Looks at the processes of each container, for observations. */
  | { readonly do: 'look' }
  /** Measures the working set of each container from now on, for observations. */
  | { readonly do: 'measureMemory' }
  /** Finds for each client the first of its targets that the pod serves. A client without one sends nothing. */
  | { readonly do: 'chooseTargets'; readonly clients: readonly HttpCaller[] }
  | ({ readonly do: 'requests'; readonly clients: readonly HttpCaller[] } & Pick<
      ClientOptions,
      'concurrency' | 'timeout'
    >);

export type ActionOf<Name extends ActionStep['do']> = Extract<ActionStep, { readonly do: Name }>;

/** Waits for an assertion, or watches it, and gives a result. */
export interface CheckStep {
  /** `detected` is a wait of the matrix alone, and gives no result. */
  readonly check: CheckId | 'detected';
  /** Shown in parentheses in the title of a printed test. */
  readonly about?: CheckTarget;
  readonly assertion: Assertion;
  readonly window: CheckWindow;
  /** What the assertion counts from: the start of the pod, the last actions, or this step. */
  readonly counts: 'pod' | 'action' | 'step';
  readonly waitingFor: WaitMessage;
  readonly toResult?: (evidence: Evidence, wait: WaitFacts) => TargetResult | undefined;
  /** What ends the window early. Default: the assertion. */
  readonly until?: Assertion;
  /** The window is watched once more if this is true at its end. */
  readonly again?: (evidence: Evidence, wait: WaitFacts) => boolean;
  /** Searched for in this order if the check fails. */
  readonly patches?: readonly PatchName[];
  /** Run instead of the following steps if the check does not pass. */
  readonly ifFailed?: readonly Step[];
}

/** When a check began to count, and how long it took at most. */
export interface WaitFacts {
  readonly since: Since;
  readonly from: Instant;
  readonly windowMs: number;
}

/** A result that the manifest alone gives. */
export interface ResultStep {
  readonly result: TargetResult;
}

/** Looks at what has happened so far, and gives a result for each thing that it finds. */
export interface ObserveStep {
  readonly observe: CheckId;
  /** What it looks for. No matcher covers it, so a printed spec lists it. */
  readonly finds: readonly SymptomKind[];
  /** What it looks at: the whole run of the pod, what followed the last actions, or nothing before this step. */
  readonly counts: CheckStep['counts'];
  readonly toResults: (evidence: Evidence, from: Pick<WaitFacts, 'since' | 'from'>) => readonly TargetResult[];
}

/** Checks that wait at the same time. */
export interface TogetherStep {
  readonly together: readonly (CheckStep | ResultStep)[];
}

/** An action that is also done if the experiment ends after the action before it. */
export interface FinallyStep {
  readonly finally: ActionStep;
}

export type PatchName = 'memory' | 'slowAnswer' | 'slowStart' | 'grace' | 'drain';

/** What one file of experiments adds to the gate. */
export interface ExperimentFile {
  /** The experiments of a pod, in the order of their start. */
  readonly experimentsFor: (subject: Subject) => readonly Experiment[];
  /** What its checks do not cover, because the manifest or the user does not give it. */
  readonly gapsOf?: (subject: Subject) => readonly NotChecked[];
  readonly fault?: FaultDefinition;
}

/** Returns the checks that an experiment gives a result for, each once. */
export function checksOf({ steps }: Experiment): readonly CheckId[] {
  return [...new Set(steps.flatMap(checksIn))];
}

function checksIn(step: Step): readonly CheckId[] {
  if ('together' in step) return step.together.flatMap(checksIn);
  if ('result' in step) return [step.result.check];
  if ('observe' in step) return [step.observe];
  return 'check' in step && step.check !== 'detected' ? [step.check] : [];
}
