import type { Duration } from '../../clock/duration';
import type { IntOrString, Pod } from '../../manifest/model';
import type { StartOptions } from '../../pod/live/runPod';
import type { ContainerProcess } from '../../timeline/event';
import type { WaitablePodRun } from '../../waiting/podRun';

/** Run of an experiment's pod, with the actions on it. */
export interface Actor extends WaitablePodRun {
  container(name: string): ActorContainer;
  requests(path: string, options?: ClientOptions): Promise<{ stop(): Promise<void> }>;
  delete(): Promise<unknown>;
  /** Disconnects its network. Absent if it has none. */
  disconnect?(): Promise<void>;
  reconnect?(): Promise<void>;
  /** Removes it immediately. Absent if there is nothing to remove. */
  remove?(): Promise<void>;
}

export interface ActorContainer {
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  kill(): Promise<void>;
  /** Limits its resources, as a fault. Absent if limits are not supported. */
  limit?(limits: { readonly cpu?: string; readonly memory?: string }): Promise<void>;
  /** Returns its processes, the main one first. Absent if they are not readable. */
  processes?(): Promise<readonly ContainerProcess[]>;
  /** Returns its memory without page cache, in bytes. Absent if it is not measurable. */
  workingSet?(): Promise<number | undefined>;
  /** Runs a command in it. Absent if commands are not supported. */
  exec?(
    argv: readonly string[],
    options: { readonly reject: false },
  ): Promise<{ readonly exitCode: number; readonly output: string }>;
}

export interface ClientOptions {
  readonly port?: IntOrString;
  readonly scheme?: 'http' | 'https';
  readonly every?: Duration;
  readonly endpointRemovalDelay?: Duration;
  readonly timeout?: Duration;
  readonly concurrency?: number;
  readonly count?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How the pod of an experiment is started. */
export type StartActorOptions = Pick<StartOptions, 'areServicesProxied' | 'isIndependent' | 'skips'>;

/** Starts a pod. */
export type StartActor = (pod: Pod, options?: StartActorOptions) => Promise<Actor>;
