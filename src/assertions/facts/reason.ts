import type { RestartPolicy } from '../../manifest/model';
import type { BackendObstacle } from '../../timeline/backend';
import type { EventOf, ProbeType } from '../../timeline/event';
import type { SignalTrouble } from '../../timeline/history/signalTrouble';
import type { PodPhase } from '../../timeline/podStatus';
import type { Phase } from '../../timing/phase';
import type { ContainerExit } from './containerExit';
import type { Plain } from './plain';
import type { Received } from './received';

/** Reason that needs only its name. */
export type PlainReason =
  | 'removed'
  | 'deleted'
  | 'notReadyFirst'
  | 'notInEndpointsFirst'
  | 'notPublished'
  | 'notStopped'
  | 'onlyWhenStopped'
  | 'hookOutlivedGracePeriod'
  | 'foreignSigkill';

/** Reason for what an assertion received. */
export type Reason =
  | Plain<PlainReason>
  /** A text of the kubelet. */
  | { readonly kind: 'message'; readonly message: string }
  /** Reasons why some containers are not ready. */
  | { readonly kind: 'containers'; readonly containers: readonly ContainerReason[] }
  | {
      readonly kind: 'phase';
      readonly phase: PodPhase;
      readonly reason: string | undefined;
      readonly exits: readonly ContainerExit[];
    }
  /** Nothing starts, or restarts, in a pod that is in this phase. */
  | { readonly kind: 'terminalPhase'; readonly phase: PodPhase; readonly ends: 'starts' | 'restarts' }
  | { readonly kind: 'notRestarted'; readonly exit: ContainerExit; readonly policy: RestartPolicy }
  /** Any container if none is named. */
  | { readonly kind: 'notRunning'; readonly container: string | undefined }
  /** No Service sends requests to the pod. */
  | { readonly kind: 'unreachable'; readonly obstacle: BackendObstacle }
  | { readonly kind: 'unschedulable'; readonly message: string }
  /** The messages say why: they are those of the kubelet, or of the container engine. */
  | { readonly kind: 'imageUnavailable'; readonly container: string; readonly message: string }
  | { readonly kind: 'notCreated'; readonly container: string; readonly message: string }
  | { readonly kind: 'diskFull'; readonly container: string; readonly message: string }
  | { readonly kind: 'programMissing'; readonly container: string; readonly message: string }
  | { readonly kind: 'oomKilled'; readonly container: string }
  | { readonly kind: 'completes'; readonly container: string }
  | { readonly kind: 'keepsExiting'; readonly container: string; readonly exitCode: number }
  | { readonly kind: 'postStartFails'; readonly container: string }
  | ({ readonly kind: 'probeKill'; readonly container: string } & FailedProbe)
  | { readonly kind: 'wrongExitCode'; readonly exitCode: number }
  /** The codes that a graceful exit may have. */
  | { readonly kind: 'gracefulExitCodes'; readonly exitCodes: readonly number[] }
  | {
      readonly kind: 'sigkilled';
      readonly leftMs: number;
      readonly signal: string | undefined;
      /** Reason why it did not exit: its processes, or a preStop hook that used the grace period. */
      readonly trouble?: SignalTrouble | undefined;
      readonly hookMs?: number;
    }
  /** The hooks of these containers failed because their containers exited with 0. */
  | { readonly kind: 'harmlessHooks'; readonly containers: readonly string[] }
  | { readonly kind: 'restartsWithoutBackOff'; readonly count: number }
  /** The names of the events instead. */
  | { readonly kind: 'only'; readonly names: readonly string[] }
  | { readonly kind: 'otherEvents'; readonly count: number }
  | { readonly kind: 'eventTooSoon'; readonly name: string }
  /** The reason has lasted so long that more time does not change it. */
  | { readonly kind: 'hopeless'; readonly reason: Reason; readonly forMs: number }
  /** A step of the start used the time of the wait. */
  | {
      readonly kind: 'usedTime';
      readonly phase: Phase;
      readonly received: Received;
      readonly reason?: Reason | undefined;
    };

/** A probe that failed, with its last attempt if that is known. */
export interface FailedProbe {
  readonly probe: ProbeType;
  readonly attempt: ProbeOutput | undefined;
}

/** Output of a probe. */
export type ProbeOutput = Pick<EventOf<'ProbeFinished'>, 'output' | 'response'>;

/** Reason why one container is not ready, or its current state. */
export type ContainerReason =
  /** No container has a status. */
  | { readonly kind: 'unseen' }
  /** No container explains it, only the Ready condition of the pod. */
  | { readonly kind: 'condition'; readonly message: string | undefined }
  | { readonly kind: 'running'; readonly container: string }
  | { readonly kind: 'exited'; readonly exit: ContainerExit; readonly after?: FailedProbe | undefined }
  | {
      readonly kind: 'waiting';
      readonly container: string;
      readonly reason: string | undefined;
      readonly message?: string | undefined;
      readonly exit?: Omit<ContainerExit, 'container'> | undefined;
      readonly after?: FailedProbe | undefined;
    }
  | { readonly kind: 'postStart'; readonly container: string }
  | { readonly kind: 'init'; readonly container: string }
  /** The probe has no result yet. `before` made the kubelet kill the instance before. */
  | {
      readonly kind: 'noResult';
      readonly container: string;
      readonly probe: ProbeType;
      readonly before: FailedProbe | undefined;
    }
  | {
      readonly kind: 'probe';
      readonly container: string;
      readonly attempt: Pick<
        EventOf<'ProbeFinished'>,
        'probe' | 'result' | 'output' | 'response' | 'run' | 'threshold'
      >;
    };
