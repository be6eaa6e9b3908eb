/** A fault that a test can inject into a service, or the end of one. */
export type ServiceFault = 'freeze' | 'thaw' | 'disconnect' | 'reconnect';

/** A service that the containers of a pod reach by a name that the test chooses. */
export interface ServiceHandle extends Readonly<Record<ServiceFault, () => Promise<void>>> {
  /** Makes the service reachable. Resolves to its IP for the pod's hosts file. */
  join(): Promise<string>;
  /** Admits the pod with this address on the shared network. Absent if that network is the only way to the service. */
  readonly admit?: (address: string) => void;
  /** True while it starts: no time is skipped then. */
  readonly isStarting: boolean;
  /** The ids of its running containers. Absent if it does not consist of containers of the engine. */
  readonly containerIds?: () => readonly string[];
  /** Ends all faults of the service after the pod has been removed. */
  leave(): Promise<void>;
}
