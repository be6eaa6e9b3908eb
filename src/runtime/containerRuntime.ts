import type { Command, Observation } from '../kubelet/state/protocol';

/** The commands a container runtime carries out; probes and hooks are run by `src/probes`. */
export type RuntimeCommand = Exclude<Command, { readonly kind: 'RunProbe' | 'RunHook' }>;

export type Emit = (seen: Observation) => void;

/** One pod's containers on a container engine, or in a script. */
export interface ContainerRuntime {
  /**
   * Returns at once; whatever comes of the command, failure included, arrives as an observation. Exits come from the
   * engine's event stream alone, never from the reply to a kill: one source, no race.
   */
  perform(command: RuntimeCommand): void;
}
