import type { Container, LifecycleHandler, PodSpec, Probe } from '../../manifest/model';
import type { HandlerFailure, StartFailure } from '../../timeline/causes';
import type { HookType, KilledProcess, ProbeResult, ProbeType } from '../../timeline/event';

/** Input of the kubelet: observations of the runtime, results of its commands, changes in the API, and time. */
export type Observation =
  | { readonly kind: 'Woken' }
  | { readonly kind: 'SandboxStarted'; readonly id: string; readonly podIP: string }
  | { readonly kind: 'SandboxFailed'; readonly message: string }
  /** Before a sandbox is made: volumes cannot be mounted. `message` is what `describe` shows of each. */
  | { readonly kind: 'VolumesNotMounted'; readonly volumes: readonly FailedStart[] }
  | { readonly kind: 'SandboxStopped'; readonly id: string }
  | { readonly kind: 'ImageInspected'; readonly container: string; readonly present: boolean }
  | {
      readonly kind: 'ImagePulled';
      readonly container: string;
      readonly tookMs: number;
      readonly sizeBytes: number;
      /** Why the registry could not be asked; the image that is here stands in. */
      readonly notPulled?: string;
    }
  | (FailedStart & {
      readonly kind: 'ImagePullFailed';
      readonly container: string;
      /** A waiting reason: `ErrImagePull` or `ImageInspectError`. */
      readonly reason: string;
    })
  | {
      readonly kind: 'ContainerCreated';
      readonly container: string;
      readonly id: string;
      /** Signal of `stop`: the image's STOPSIGNAL too is known to the runtime alone. */
      readonly stopSignal?: string;
    }
  | (FailedStart & {
      readonly kind: 'ContainerCreateFailed';
      readonly container: string;
      /** A waiting reason: `CreateContainerConfigError` or `CreateContainerError`. */
      readonly reason: string;
    })
  | { readonly kind: 'ContainerStarted'; readonly id: string }
  | (FailedStart & { readonly kind: 'ContainerStartFailed'; readonly id: string })
  | {
      readonly kind: 'ContainerExited';
      readonly id: string;
      readonly exitCode: number;
      /** `Completed`, `Error`, `OOMKilled` or `StartError`; by the exit code when absent. */
      readonly reason?: string;
      /** The termination message, already chosen by `terminationMessagePolicy`. */
      readonly message?: string;
      readonly oomKilled?: KilledProcess;
    }
  /** The kernel killed a process of a container that still ran then; `endsContainer` if the rest is killed for that. */
  | {
      readonly kind: 'ProcessOOMKilled';
      readonly id: string;
      readonly endsContainer: boolean;
      readonly process?: KilledProcess;
    }
  | { readonly kind: 'ContainerRemoved'; readonly id: string }
  | { readonly kind: 'ProbeAnswered'; readonly run: number; readonly outcome: ProbeOutcome }
  /** An attempt at a probe shows nothing about the container. A kubelet on a node never learns of such a thing. */
  | { readonly kind: 'ProbeUnjudged'; readonly run: number }
  | { readonly kind: 'HookAnswered'; readonly run: number; readonly outcome: HookOutcome }
  | { readonly kind: 'RuntimeFailed'; readonly command: Command; readonly message: string }
  | { readonly kind: 'DeleteRequested'; readonly gracePeriodSeconds?: number }
  /** The API has another spec of the pod. */
  | { readonly kind: 'SpecPatched'; readonly spec: PodSpec }
  | { readonly kind: 'ConditionSet'; readonly type: string; readonly status: 'True' | 'False' | 'Unknown' }
  | { readonly kind: 'KubeletRestarted'; readonly forgotten?: readonly string[] };

/** Message of a failed start, and its reason, for readers of the timeline alone. */
export interface FailedStart {
  readonly message: string;
  readonly failure?: StartFailure | undefined;
}

/** Observation of a change, rather than of time or of a command that could not run. */
export type News = Exclude<Observation, { readonly kind: 'Woken' | 'RuntimeFailed' }>;

/** Output of the kubelet. Each command is answered by observations; none is waited for. */
export type Command =
  | { readonly kind: 'CreateSandbox'; readonly attempt: number }
  | { readonly kind: 'StopSandbox'; readonly id: string }
  | { readonly kind: 'InspectImage'; readonly container: string; readonly image: string }
  | { readonly kind: 'PullImage'; readonly container: string; readonly image: string }
  | { readonly kind: 'CreateContainer'; readonly container: Container; readonly attempt: number }
  | { readonly kind: 'StartContainer'; readonly id: string }
  /** `stop` is the container's own stop signal: `lifecycle.stopSignal`, the image's STOPSIGNAL, or SIGTERM. */
  | { readonly kind: 'SignalContainer'; readonly id: string; readonly signal: 'stop' | 'SIGKILL' }
  | { readonly kind: 'RemoveContainer'; readonly id: string }
  | {
      readonly kind: 'RunProbe';
      /** Which run this is: the answer carries it back. */
      readonly run: number;
      readonly id: string;
      readonly container: Container;
      readonly type: ProbeType;
      readonly probe: Probe;
      readonly podIP: string;
    }
  | {
      readonly kind: 'RunHook';
      readonly run: number;
      readonly id: string;
      readonly container: Container;
      readonly hook: HookType;
      readonly handler: LifecycleHandler;
      readonly podIP: string;
    };

/**
 * Outcome of one attempt of a probe handler; `state` is what its event calls it. `Errored` means that it could not find
 * out: the kubelet tries up to three times and then ignores the outcome.
 */
export type ProbeOutcome =
  | {
      readonly result: Exclude<ProbeResult, 'Errored'> | 'Unknown';
      readonly output: string;
      /** Reason why it is not a success, for readers of the timeline alone. */
      readonly failure?: HandlerFailure;
      /** The first line of a response that is not a success, for reports alone. */
      readonly response?: string;
      /** The location of a redirect that is not followed, for reports alone. */
      readonly redirectedTo?: string;
    }
  | {
      readonly result: 'Errored';
      readonly state: 'unknown' | 'failure';
      readonly output: string;
      readonly failure?: HandlerFailure;
    };

/** Result of a hook. `message` is the handler's own; the event that `kubectl` shows is shorter. */
export type HookOutcome =
  | { readonly failed: false; readonly fallback?: string }
  | { readonly failed: true; readonly message: string; readonly failure?: HandlerFailure };
