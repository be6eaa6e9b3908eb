import type { Instant } from '../../clock/instant';

/** State of the pod's sandbox and containers by the last look at the runtime. */
export interface RuntimeState {
  readonly sandbox?: Sandbox;
  /** Every instance the runtime still has, newest first. */
  readonly instances: readonly Instance[];
  /** The number of instances created of each container: the next one's restartCount. */
  readonly created: Readonly<Record<string, number>>;
}

export interface Sandbox {
  readonly id: string;
  readonly attempt: number;
  readonly ready: boolean;
  readonly podIP: string;
}

/** Container of the runtime. A restart is another one, with an id of its own. */
export interface Instance {
  readonly id: string;
  readonly name: string;
  /** The image its spec had when it was created; another image in the spec means that the definition changed. */
  readonly image: string;
  readonly restartCount: number;
  /** The sandbox it was created in; another one than today's means that it is of the pod's life before. */
  readonly sandboxId: string;
  /** The signal that stops it, if the runtime has reported it. */
  readonly stopSignal?: string;
  readonly state: 'created' | 'running' | 'exited' | 'unknown';
  readonly startedAt?: Instant;
  readonly finishedAt?: Instant;
  readonly exitCode?: number;
  readonly reason?: string;
  readonly message?: string;
}

export const NOTHING_RUNS: RuntimeState = { instances: [], created: {} };

/** Returns the newest instance of a container, or undefined if the runtime knows none. */
export function newestOf(runtime: RuntimeState, name: string): Instance | undefined {
  return runtime.instances.find((instance) => instance.name === name);
}

export function instanceById(runtime: RuntimeState, id: string): Instance | undefined {
  return runtime.instances.find((instance) => instance.id === id);
}

export function updateInstance(runtime: RuntimeState, id: string, change: Partial<Instance>): RuntimeState {
  return {
    ...runtime,
    instances: runtime.instances.map((instance) => (instance.id === id ? { ...instance, ...change } : instance)),
  };
}

export function withoutInstance(runtime: RuntimeState, id: string): RuntimeState {
  return { ...runtime, instances: runtime.instances.filter((instance) => instance.id !== id) };
}

/** Source: kuberuntime/util `PodSandboxChanged`. */
export function isUsable(sandbox: Sandbox | undefined): sandbox is Sandbox {
  return sandbox?.ready === true && sandbox.podIP !== '';
}
