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

/** What a gap in which containers run may be skipped for. */
export interface TimeSkips {
  /**
   * Real milliseconds in which nothing has to happen to a pod whose containers run before a gap between its probes is
   * skipped. Without it, gaps are skipped only while every container is frozen or has exited.
   */
  readonly calmAfterMs?: number;
}

export { type ErrorData, revived } from './errorData';

/** How a pod is run. */
export interface PodOrder {
  /** What the pod is called in messages from now on. */
  readonly key: string;
  readonly pod: Pod;
  /** The ConfigMaps and Secrets that are there for the pod. */
  readonly found: Config;
  /** The images the test gave: they stand for ones that are in the registry. */
  readonly givenImages: readonly string[];
  /** How clients come to the pod. */
  readonly backend: ServiceBackend;
  /** Whether the clock jumps while nothing of the pod runs and somebody waits. */
  readonly skipBackOff: boolean;
  /** Which other time is skipped; none without it. */
  readonly skips?: TimeSkips;
  readonly config: Partial<KubeletConfig>;
  /** True if it is needed beside no other pod of this process, so that it may wait for them to end. */
  readonly isIndependent?: boolean;
  /** What the pod talks to, by the names it uses. */
  readonly services: Readonly<Record<string, ServiceAddress>>;
}

/** Where something is that a pod talks to. */
export type ServiceAddress =
  | { readonly kind: 'container'; readonly id: string }
  /** Another pod of the same agent. */
  | { readonly kind: 'pod'; readonly key: string }
  | {
      readonly kind: 'address';
      readonly host: string;
      readonly port: number;
      /** True if faults will be injected: the pod then reaches it through a proxy. */
      readonly isProxied?: boolean;
    };

/** What the test's side asks for, and what each request is answered with. */
export interface Requests {
  /** Has helm or kustomize render a manifest, as in the folder `cwd`. */
  Render: { readonly asked: { readonly source: ToolSource; readonly cwd: string }; readonly answer: Rendered };
  /** Answered if the engine answers and has ended no pod: that one's engine, or any that a run of this agent had. */
  CheckEngine: { readonly asked: Partial<OfPod>; readonly answer: null };
  BuildImage: { readonly asked: ImageBuild; readonly answer: null };
  RunPod: { readonly asked: PodOrder; readonly answer: RunReply };
  Exec: { readonly asked: OfContainer & { readonly argv: readonly string[] }; readonly answer: ExecOutcome };
  Logs: { readonly asked: OfContainer & { readonly previous: boolean }; readonly answer: string };
  /** Answered with the working set in bytes, or null if the engine does not tell it. */
  WorkingSet: { readonly asked: OfContainer; readonly answer: number | null };
  Processes: { readonly asked: OfContainer; readonly answer: readonly ContainerProcess[] };
  Kill: { readonly asked: OfContainer & { readonly signal: string }; readonly answer: null };
  Freeze: { readonly asked: OfContainer; readonly answer: null };
  Thaw: { readonly asked: OfContainer; readonly answer: null };
  Limit: { readonly asked: OfContainer & { readonly limits: Limits }; readonly answer: null };
  /** Cuts the pod's network, or joins it again. */
  Disconnect: { readonly asked: OfPod; readonly answer: null };
  Reconnect: { readonly asked: OfPod; readonly answer: null };
  AfflictService: {
    readonly asked: OfPod & { readonly service: string; readonly fault: ServiceFault };
    readonly answer: null;
  };
  /** Puts on record what the test does to the pod by means of its own. */
  Note: { readonly asked: OfPod & { readonly detail: string }; readonly answer: null };
  /** Why what has not happened since then, on the pod's clock, shows nothing about the app; null where it does. */
  WhyUnfair: { readonly asked: OfPod & { readonly since: Instant }; readonly answer: string | null };
  /** `host:port` at which the test reaches a port of the pod. */
  AddressOf: { readonly asked: OfContainer & { readonly port: number }; readonly answer: string };
  /** Has a client ask the pod by HTTP; answered with what the client is called from then on. */
  Requests: {
    readonly asked: OfPod & { readonly order: RequestsOrder; readonly detail: string };
    readonly answer: number;
  };
  /** Answered when all that the client had asked is on record. */
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

/** What a command in a container came to. */
export interface ExecOutcome {
  readonly exitCode: number;
  /** Standard output followed by standard error. */
  readonly output: string;
}

/** From the test to the agent. */
export type ToAgent =
  | { [K in RequestKind]: { readonly kind: K; readonly id: number; readonly asked: RequestPayload<K> } }[RequestKind]
  | {
      /** Somebody waits for the pod to get on; `seen` is how many of its events had arrived when the wait began. */
      readonly kind: 'Await';
      readonly key: string;
      /** Absent when it waits for an event alone. */
      readonly until?: Instant;
      readonly seen: number;
    };

/** From the agent to the test. The answer to a request follows every event it caused. */
export type FromAgent =
  | { readonly kind: 'Answered'; readonly id: number; readonly answer: Reply<RequestKind> }
  | { readonly kind: 'Refused'; readonly id: number; readonly error: ErrorData }
  | { readonly kind: 'Happened'; readonly key: string; readonly events: readonly Event[] }
  /** What the pod's containers have written, oldest first. The end of a container follows its last lines. */
  | { readonly kind: 'Wrote'; readonly key: string; readonly lines: readonly OutputLine[] }
  | { readonly kind: 'ClockReached'; readonly key: string; readonly at: Instant }
  /** After that many events, nothing more will happen to the pod unless the test does something. */
  | { readonly kind: 'Rested'; readonly key: string; readonly told: number }
  | { readonly kind: 'Ended'; readonly key: string }
  | { readonly kind: 'Broke'; readonly key: string; readonly error: ErrorData };

/** Tells the test's side; `onTaken` is called once the message has left this process. */
export type Tell = (message: FromAgent, onTaken?: () => void) => void;
