import type { Instant } from '../../clock/instant';
import type { KubeletConfig } from '../../kubelet';
import type { Config } from '../../manifest/config/config';
import type { Pod } from '../../manifest/model';
import type { Rendered, ToolSource } from '../../manifest/source/tools';
import type { ServiceBackend } from '../../manifest/workload/backend';
import type { Limits } from '../../runtime/docker/containers/limits';
import type { ServiceFault } from '../../runtime/docker/services/service';
import type { ImageBuild } from '../../runtime/imageBuild';
import type { ContainerProcess, Event } from '../../timeline/event';
import type { OutputLine } from '../../timeline/output';
import type { RequestsOrder } from '../../traffic/order';
import type { ErrorData } from './errorData';

/** The time that may be skipped while containers run. */
export interface TimeSkips {
  /**
   * Real milliseconds of calm after which a gap between probes is skipped while containers run. Gaps are skipped only
   * while every container is frozen or has exited if this is absent.
   */
  readonly calmAfterMs?: number;
}

export { type ErrorData, reviveError } from './errorData';

/** Options of a pod's run. */
export interface PodOrder {
  /** The name of the pod in all later messages. */
  readonly key: string;
  readonly pod: Pod;
  /** The ConfigMaps and Secrets that exist for the pod. */
  readonly found: Config;
  /** The images that the test passed. They stand in for images of the registry. */
  readonly givenImages: readonly string[];
  /** The way in which clients reach the pod. */
  readonly backend: ServiceBackend;
  /** True if time is skipped while no container runs and the test waits. */
  readonly skipBackOff: boolean;
  /** The other time that is skipped. None if absent. */
  readonly skips?: TimeSkips;
  readonly config: Partial<KubeletConfig>;
  /** True if the pod needs no other pod of this process beside it, so that it may wait for them to terminate. */
  readonly isIndependent?: boolean;
  /** The services that the pod uses, by the names that it uses. */
  readonly services: Readonly<Record<string, ServiceAddress>>;
}

/** Address of a service that a pod uses. */
export type ServiceAddress =
  | { readonly kind: 'container'; readonly id: string }
  /** Another pod of the same agent. */
  | { readonly kind: 'pod'; readonly key: string }
  | {
      readonly kind: 'address';
      readonly host: string;
      readonly port: number;
      /** True if faults will be injected. The pod then reaches the service through a proxy. */
      readonly isProxied?: boolean;
    };

/** Requests of the test's side, with the answer to each. */
export interface Requests {
  /** Renders a manifest with helm or kustomize, in the folder `cwd`. */
  Render: { readonly asked: { readonly source: ToolSource; readonly cwd: string }; readonly answer: Rendered };
  /**
   * Answered if the engine responds and has ended no pod. It checks the engine of the given pod, or all engines of this
   * agent's runs.
   */
  CheckEngine: { readonly asked: Partial<OfPod>; readonly answer: null };
  BuildImage: { readonly asked: ImageBuild; readonly answer: null };
  RunPod: { readonly asked: PodOrder; readonly answer: RunReply };
  Exec: { readonly asked: OfContainer & { readonly argv: readonly string[] }; readonly answer: ExecOutcome };
  Logs: { readonly asked: OfContainer & { readonly previous: boolean }; readonly answer: string };
  /** Answered with the working set in bytes, or null if the engine does not report it. */
  WorkingSet: { readonly asked: OfContainer; readonly answer: number | null };
  Processes: { readonly asked: OfContainer; readonly answer: readonly ContainerProcess[] };
  Kill: { readonly asked: OfContainer & { readonly signal: string }; readonly answer: null };
  Freeze: { readonly asked: OfContainer; readonly answer: null };
  Thaw: { readonly asked: OfContainer; readonly answer: null };
  Limit: { readonly asked: OfContainer & { readonly limits: Limits }; readonly answer: null };
  /** Disconnects the pod's network, or connects it again. */
  Disconnect: { readonly asked: OfPod; readonly answer: null };
  Reconnect: { readonly asked: OfPod; readonly answer: null };
  AfflictService: {
    readonly asked: OfPod & { readonly service: string; readonly fault: ServiceFault };
    readonly answer: null;
  };
  /** Records an action that the test runs by other means. */
  Note: { readonly asked: OfPod & { readonly detail: string }; readonly answer: null };
  /**
   * Answered with the reason why events that have not happened since that instant of the pod's clock show nothing about
   * the app, or null if they do.
   */
  WhyUnfair: { readonly asked: OfPod & { readonly since: Instant }; readonly answer: string | null };
  /** Answered with the `host:port` at which the test reaches a port of the pod. */
  AddressOf: { readonly asked: OfContainer & { readonly port: number }; readonly answer: string };
  /** Starts a client that sends HTTP requests to the pod. Answered with the number that names the client. */
  Requests: {
    readonly asked: OfPod & { readonly order: RequestsOrder; readonly detail: string };
    readonly answer: number;
  };
  /** Answered when all requests of the client are recorded. */
  StopRequests: { readonly asked: OfPod & { readonly client: number }; readonly answer: null };
  /** Answered when the API has marked the pod for deletion. */
  Delete: { readonly asked: OfPod & { readonly gracePeriodSeconds?: number }; readonly answer: null };
  /** Answered when nothing of the pod is left on the engine. */
  Remove: { readonly asked: OfPod; readonly answer: null };
}

export type RequestKind = keyof Requests;

export type RequestPayload<K extends RequestKind> = Requests[K]['asked'];

export type Reply<K extends RequestKind> = Requests[K]['answer'];

interface OfPod {
  readonly key: string;
}

interface OfContainer extends OfPod {
  readonly container: string;
}

export interface RunReply {
  /** Instant 0 of the pod's clock, in milliseconds since the epoch: a whole second. */
  readonly createdAtMs: number;
}

/** Result of a command in a container. */
export interface ExecOutcome {
  /** Exit code of the command. */
  readonly exitCode: number;
  /** Stdout followed by stderr. */
  readonly output: string;
}

/** Messages from the test to the agent. */
export type ToAgent =
  | { [K in RequestKind]: { readonly kind: K; readonly id: number; readonly asked: RequestPayload<K> } }[RequestKind]
  | {
      /**
       * The test waits for progress of the pod. `seen` is the number of its events that had arrived when the wait
       * began.
       */
      readonly kind: 'Await';
      readonly key: string;
      /** Absent if the test waits for events alone. */
      readonly until?: Instant;
      readonly seen: number;
    };

/** Messages from the agent to the test. The answer to a request follows every event that the request caused. */
export type FromAgent =
  | { readonly kind: 'Answered'; readonly id: number; readonly answer: Reply<RequestKind> }
  | { readonly kind: 'Refused'; readonly id: number; readonly error: ErrorData }
  | { readonly kind: 'Happened'; readonly key: string; readonly events: readonly Event[] }
  /** The lines that the pod's containers have written, oldest first. The exit of a container follows its last lines. */
  | { readonly kind: 'Wrote'; readonly key: string; readonly lines: readonly OutputLine[] }
  | { readonly kind: 'ClockReached'; readonly key: string; readonly at: Instant }
  /** After `told` events, nothing more will happen to the pod unless the test acts. */
  | { readonly kind: 'Rested'; readonly key: string; readonly told: number }
  | { readonly kind: 'Ended'; readonly key: string }
  | { readonly kind: 'Broke'; readonly key: string; readonly error: ErrorData };

/** Sends a message to the test's side. `onTaken` is called once the message has left this process. */
export type Tell = (message: FromAgent, onTaken?: () => void) => void;
