/** Dependency of a running pod, by its name in `services`. */
export interface LiveService {
  /** Name of the dependency. */
  readonly name: string;
  /**
   * Stops every process of the service with SIGSTOP: it still accepts connections, but no longer responds. A container
   * stays frozen until `thaw`, or until the pod is removed.
   *
   * @throws RuntimeError if the service does not run, or is an address that the pod reaches directly.
   */
  freeze(): Promise<void>;
  /** Resumes a frozen service. */
  thaw(): Promise<void>;
  /**
   * Disconnects the service from the pods that use it, but the test still reaches a container at its published ports. A
   * pod loses its whole network, and an address rejects new connections and stalls the others.
   *
   * @throws RuntimeError if the service is an address that the pod reaches directly.
   */
  disconnect(): Promise<void>;
  /** Reconnects a disconnected service, with the same IP. */
  reconnect(): Promise<void>;
}
