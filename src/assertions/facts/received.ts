import type { HookType, KubeletReason, ProbeType } from '../../timeline/event';
import type { Endpoint } from '../../timeline/history/endpoints';
import type { Restart } from '../../timeline/history/restarts';
import type { ContainerState, PodCondition, PodPhase } from '../../timeline/podStatus';
import type { ContainerExit } from './containerExit';
import type { Plain } from './plain';

/** State of a pod that needs only its name. */
export type PlainReceived =
  | 'ready'
  | 'notReady'
  | 'unready'
  | 'stillReady'
  | 'readyAllTheTime'
  | 'neverReady'
  | 'notReadyAtFirst'
  | 'unreadyBefore'
  | 'readyAgain'
  | 'notReadyAgain'
  | 'readyWithoutRestart'
  | 'initialized'
  | 'notInitialized'
  | 'nothingStopped'
  | 'noneKilled'
  | 'noneDown'
  | 'nothing'
  | 'inEndpoints'
  | 'neverInEndpoints'
  | 'noEvent'
  | 'unknownBackOffs';

/** Something that an assertion counts, and that did not happen often enough. */
export type Counted = 'restart' | 'event' | 'hook' | 'crashLoop';

/** A fact that a timeline shows: what was asserted, or what happened instead. */
export type Received =
  | Plain<PlainReceived>
  /** The run was aborted. The message is from an error. */
  | { readonly kind: 'aborted'; readonly message: string }
  | { readonly kind: 'container'; readonly container: string; readonly state: ContainerActivity }
  /** Every container if none is named. */
  | { readonly kind: 'started'; readonly container: string | undefined; readonly isStarted: boolean }
  | { readonly kind: 'phase'; readonly phase: PodPhase }
  | { readonly kind: 'condition'; readonly condition: PodCondition }
  | { readonly kind: 'noCondition'; readonly type: string }
  | {
      readonly kind: 'containerState';
      readonly container: string;
      readonly state: ContainerState;
      /** Present if the assertion is about it. */
      readonly lastState?: ContainerState | undefined;
    }
  | { readonly kind: 'noContainerState'; readonly container: string }
  /** Empty if no container exited. */
  | { readonly kind: 'exits'; readonly exits: readonly ContainerExit[] }
  | { readonly kind: 'exitedByItself'; readonly container: string; readonly exitCode: number }
  | { readonly kind: 'probeKill'; readonly container: string; readonly probe: ProbeType }
  | { readonly kind: 'probeSucceeded'; readonly container: string; readonly probe: ProbeType }
  | { readonly kind: 'restart'; readonly restart: ShownRestart }
  | { readonly kind: 'restarts'; readonly count: number }
  /** Restarts other than those that are asserted. */
  | { readonly kind: 'otherRestarts'; readonly restarts: readonly ShownRestart[] }
  | { readonly kind: 'restartCount'; readonly container: string; readonly count: number }
  | { readonly kind: 'crashLoop'; readonly container: string; readonly delayMs: number | undefined }
  | { readonly kind: 'backOffs'; readonly container: string; readonly delaysMs: readonly number[] }
  | { readonly kind: 'hook'; readonly container: string; readonly hook: HookType; readonly state: HookState }
  | { readonly kind: 'fewer'; readonly of: Counted; readonly hook?: HookType; readonly count: number }
  /** Number of times that the pod stopped being Ready, fewer than asserted. */
  | { readonly kind: 'losses'; readonly count: number }
  | { readonly kind: 'event'; readonly reason: KubeletReason; readonly container: string | undefined }
  /** Each name is an event as the test wrote it. */
  | { readonly kind: 'eventsInOrder'; readonly names: readonly string[] }
  | { readonly kind: 'missingEvent'; readonly name: string; readonly after: string | undefined }
  | { readonly kind: 'line'; readonly container: string; readonly text: string }
  /** Number of lines, none of which matches. */
  | { readonly kind: 'otherLines'; readonly count: number }
  /** `isBefore` if the pod was in this state when the assertion began to count. */
  | { readonly kind: 'endpoint'; readonly endpoint: Endpoint | undefined; readonly isBefore?: boolean }
  | { readonly kind: 'drops'; readonly dropped: number; readonly requests: number };

export type ContainerActivity = 'running' | 'stillRunning' | 'notRunning' | 'sigkilled' | 'oomKilled';

/** State of one run of a hook. A preStop hook that ends with its container has not failed. */
export type HookState = 'running' | 'succeeded' | 'failed' | 'endedWithContainer';

export type ShownRestart = Pick<Restart, 'attempt' | 'container'> & Partial<Pick<Restart, 'because'>>;
