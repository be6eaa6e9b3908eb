/** Dependency of a running pod, under the name that `services` gave it. */
export interface LiveService {
  readonly name: string;
  /**
   * Stops every process of the service with SIGSTOP: it still accepts connections, but no longer responds. A container
   * stays frozen until `thaw`, at most until the pod is removed.
   *
   * @throws RuntimeError when it cannot be done: the service does not run, or is an address that the pod reaches directly.
   */
  freeze(): Promise<void>;
  /** Resumes a frozen service. */
  thaw(): Promise<void>;
  /**
   * Disconnects the service from the pods that use it: a pod loses all of its network, and an address refuses new
   * connections and stalls the others. The test itself still reaches a container under its published ports.
   *
   * @throws RuntimeError when it cannot be done: the service is an address that the pod reaches directly.
   */
  disconnect(): Promise<void>;
  /** Joins a service that was cut off again, under the IP it had. */
  reconnect(): Promise<void>;
}
