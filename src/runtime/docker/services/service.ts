/** What a test can do to a service. */
export type ServiceFault = 'freeze' | 'thaw' | 'disconnect' | 'reconnect';

/** Something beside a pod that its containers reach under a name of the test's choosing. */
export interface ServiceHandle extends Readonly<Record<ServiceFault, () => Promise<void>>> {
  /** Makes it reachable; resolves to what the pod's hosts file says of it: an IP. */
  join(): Promise<string>;
  /** Lets in the pod that has this address on the shared network. Absent if that network is the only way there. */
  readonly admit?: (address: string) => void;
  /** Whether it is only just coming up: no time is skipped meanwhile. */
  readonly isStarting: boolean;
  /** The ids of its running containers. Absent if it is not made of containers of the engine. */
  readonly containerIds?: () => readonly string[];
  /** The pod is gone: what was done to it is undone. */
  leave(): Promise<void>;
}
