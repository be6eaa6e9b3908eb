import type { Command, Observation } from '../kubelet/state/protocol';

/** The commands that a container runtime runs. Probes and hooks are run by `src/probes`. */
export type RuntimeCommand = Exclude<Command, { readonly kind: 'RunProbe' | 'RunHook' }>;

export type Emit = (seen: Observation) => void;

/** The containers of one pod, on a container engine or in a script. */
export interface ContainerRuntime {
  /**
   * Runs a command. Returns immediately: each result, also a failure, arrives as an observation, and exits come only
   * from the engine's event stream, so that they cannot race with the response to a kill.
   */
  perform(command: RuntimeCommand): void;
}
