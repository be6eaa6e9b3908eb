import type { Instant } from '../clock/instant';
import type { HandlerFailure, KillCause, StartFailure } from './causes';
import type { PodStatus } from './podStatus';

/**
 * Event of a pod run, at an instant of the pod's clock. Its `source` is `runtime` if it happened, `kubelet` if it was
 * decided (`kubectl describe` lists it), `status` if it was published, and `test` if the test did it.
 */
export type Event = RuntimeEvent | KubeletEvent | StatusEvent | TestEvent;

/** Kind of an event. For an event of the kubelet, it is the reason that `kubectl describe` shows. */
export type EventKind = Event['kind'];
/** Event of one kind. */
export type EventOf<K extends EventKind> = K extends KubeletReason
  ? KubeletEvent<K>
  : Extract<Event, { readonly kind: K }>;

/** Returns whether the event is of that kind; narrows it, which a comparison does not for the kubelet's events. */
export function isA<K extends EventKind>(kind: K, event: Event): event is EventOf<K> {
  return event.kind === kind;
}

interface HasInstant {
  readonly at: Instant;
}

export type ProbeType = 'liveness' | 'readiness' | 'startup';
export type HookType = 'postStart' | 'preStop';

/** Result of a probe run: `Errored` means it could not find out, and is ignored. */
export type ProbeResult = 'Success' | 'Warning' | 'Failure' | 'Errored';

export type RuntimeEvent = HasInstant & { readonly source: 'runtime' } & (
    | { readonly kind: 'SandboxStarted'; readonly podIP: string; readonly attempt: number }
    | { readonly kind: 'SandboxStopped' }
    /** A pull was due, but the registry did not answer; the image that is here is used. */
    | {
        readonly kind: 'ImageNotPulled';
        readonly container: string;
        readonly image: string;
        readonly message: string;
      }
    | { readonly kind: 'ContainerStarted'; readonly container: string; readonly id: string; readonly attempt: number }
    | {
        readonly kind: 'ContainerExited';
        readonly container: string;
        readonly id: string;
        readonly attempt: number;
        readonly exitCode: number;
        readonly reason: string;
        readonly message?: string;
        /** The time from the last signal we sent to the exit; absent if none was sent. */
        readonly afterSignalMs?: number;
        /** The process that the kernel killed, if that is known and no event of its own shows it. */
        readonly oomKilled?: KilledProcess;
      }
    /** The kernel killed one process at the memory limit; `endsContainer` if the rest was killed for that. */
    | {
        readonly kind: 'ProcessOOMKilled';
        readonly container: string;
        readonly id: string;
        readonly endsContainer: boolean;
        /** Absent if the container engine does not tell it. */
        readonly process?: KilledProcess;
      }
    | { readonly kind: 'SignalSent'; readonly container: string; readonly signal: string; readonly graceMs?: number }
    | {
        readonly kind: 'ProbeFinished';
        readonly container: string;
        readonly probe: ProbeType;
        readonly result: ProbeResult;
        readonly output: string;
        /** Reason why it is not a success; absent if it is unknown. */
        readonly failure?: HandlerFailure;
        /** The first line of a response that is not a success. The kubelet drops it. */
        readonly response?: string;
        /** The location of a redirect that the kubelet does not follow, because it names another host. */
        readonly redirectedTo?: string;
        readonly tookMs: number;
        /** The number of equal results in a row, and the number that changes the published result. */
        readonly run: number;
        readonly threshold: number;
      }
    | { readonly kind: 'HookStarted'; readonly container: string; readonly hook: HookType }
    | {
        readonly kind: 'HookFinished';
        readonly container: string;
        readonly hook: HookType;
        readonly failed: boolean;
        readonly message?: string;
        /** Reason why it failed; absent if it is unknown. */
        readonly failure?: HandlerFailure;
        readonly tookMs: number;
      }
    /** The processes of an instance, the main one first, once it was up or, `signalled`, a while after its stop signal. */
    | {
        readonly kind: 'ProcessesSeen';
        readonly container: string;
        readonly id: string;
        readonly attempt: number;
        readonly stopSignal: string;
        readonly signalled: boolean;
        /** True if the main process is the first of its pid namespace: a pod may share one. */
        readonly isPID1: boolean;
        readonly processes: readonly ContainerProcess[];
      }
    /**
     * Addresses on which processes listen in the pod's network: `127.0.0.1:8080`. They are looked up while a probe of
     * the container is refused.
     */
    | { readonly kind: 'ListenersSeen'; readonly container: string; readonly addresses: readonly string[] }
    | {
        readonly kind: 'TimeSkipped';
        readonly byMs: number;
        /** Absent if no container ran meanwhile. A container counts as running if probes run commands in it. */
        readonly containers?: 'frozen' | 'running';
      }
    /**
     * Delay of the kubelet by this machine: everything due came so much later. With a probe, it is why a response was
     * not read in time, and that attempt was repeated.
     */
    | {
        readonly kind: 'HeldUp';
        readonly byMs: number;
        readonly container?: string;
        readonly probe?: ProbeType;
      }
    /** A request of the test's own client, when its answer or its failure was there. */
    | {
        readonly kind: 'RequestFinished';
        /** The port of the pod. */
        readonly port: number;
        readonly path: string;
        readonly sentAt: Instant;
        /** The answer's status; absent when there was none. */
        readonly status?: number;
        /** Why it counts as dropped: no answer, or one of the server's errors. */
        readonly failure?: string;
        /** True if nothing listens on the port. */
        readonly isRefused?: true;
      }
  );

/** A process that the kernel killed at the memory limit of its container; its id is that on the engine's machine. */
export interface KilledProcess {
  readonly pid: number;
  /** The name of its program, up to 15 characters. */
  readonly name: string;
  readonly residentBytes: number;
}

/** Process of a container. Its ids are those on the engine's machine. */
export interface ContainerProcess {
  /** Process id. */
  readonly pid: number;
  /** Id of the parent process. */
  readonly ppid: number;
  /** Command line, or the text that the program sets instead. */
  readonly args: string;
  /** Signals with a handler, such as `SIGTERM`. */
  readonly catches: readonly string[];
  /** Ignored signals. */
  readonly ignores: readonly string[];
  /** Blocked signals. A program that waits for a signal without a handler also blocks it. */
  readonly blocks: readonly string[];
  /** Pid of the process that started the session. That process may have exited. */
  readonly session?: number;
  /** True if the process has exited and its parent has not waited for it. */
  readonly isZombie?: true;
}

/** Event that `kubectl describe pod` lists. */
export interface KubeletEvent<K extends KubeletReason = KubeletReason> extends HasInstant {
  /** Always `kubelet`. */
  readonly source: 'kubelet';
  /** Reason of the event. */
  readonly kind: K;
  /** Type of the event. */
  readonly type: 'Normal' | 'Warning';
  /** Message in the kubelet's own words. */
  readonly message: string;
  /** Component that recorded the event, as in the From column. */
  readonly from: 'kubelet' | 'default-scheduler';
  /** Container of the event. Absent for events of the whole pod. */
  readonly container?: string;
  /** Field path of the container: `spec.containers{web}`. */
  readonly fieldPath?: string;
  /** Number of earlier instances of the container. Set on `Created` and `Started`. */
  readonly attempt?: number;
  /** Probe of the event. Set on `Unhealthy`, `ProbeWarning`, and on `Killing` by a probe. */
  readonly probe?: ProbeType;
  /** Reason of the kill. Set on `Killing` of one container, and absent if the whole pod stops. */
  readonly cause?: KillCause;
  /** Step that failed. Set on `Failed` of a pull, but not on the event of the start that fails with it. */
  readonly failed?: 'pull';
  /** Reason why the container cannot be started, if it is known. Set on `Failed` and `FailedMount`. */
  readonly failure?: StartFailure;
  /** Delayed step: the start of a container, or the pull of its image. Set on `BackOff`. */
  readonly delayed?: 'start' | 'pull';
  /** Length of the back-off after the exit. Set on `BackOff` of a container. */
  readonly delayMs?: number;
}

/** Reasons of the kubelet's events. */
export const KUBELET_REASONS = [
  'Scheduled',
  'FailedScheduling',
  'Pulling',
  'Pulled',
  'Created',
  'Started',
  'Failed',
  'Killing',
  'BackOff',
  'Unhealthy',
  'ProbeWarning',
  'FailedPostStartHook',
  'FailedPreStopHook',
  'LifecycleHTTPFallback',
  'ErrImageNeverPull',
  'InspectFailed',
  'SandboxChanged',
  'FailedCreatePodSandBox',
  'FailedKillPod',
  'FailedMount',
  'FailedToRetrieveImagePullSecret',
  'DeadlineExceeded',
] as const;
/** A reason that `kubectl describe pod` may show. */
export type KubeletReason = (typeof KUBELET_REASONS)[number];

export type StatusEvent = HasInstant & { readonly source: 'status' } & (
    | { readonly kind: 'StatusPublished'; readonly status: PodStatus }
    | {
        /** Mark for deletion by the API; the grace period ends at `deletionTimestamp`. */
        readonly kind: 'DeletionMarked';
        readonly deletionTimestamp: Instant;
        readonly deletionGracePeriodSeconds: number;
      }
    | { readonly kind: 'PodRemoved' }
  );

export type TestEvent = HasInstant & {
  readonly source: 'test';
  readonly kind: 'TestActed';
  readonly action:
    | 'run'
    | 'exec'
    | 'kill'
    | 'freeze'
    | 'thaw'
    | 'limit'
    | 'disconnect'
    | 'reconnect'
    | 'requests'
    | 'delete'
    | 'note';
  readonly container?: string;
  /** The service beside the pod that it was done to. */
  readonly service?: string;
  readonly detail?: string;
};
