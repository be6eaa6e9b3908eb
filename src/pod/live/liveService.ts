/** What a running pod talks to, under the name that `services` gave it. */
export interface LiveService {
  readonly name: string;
  /**
   * Stops every process of the service where it stands, with SIGSTOP: it still accepts connections, and answers nothing. A
   * container stays frozen until `thaw`, at most until the pod is removed.
   *
   * @throws RuntimeError when it cannot be done: the service does not run, or is an address that the pod reaches directly.
   */
  freeze(): Promise<void>;
  /** Lets a frozen service go on. */
  thaw(): Promise<void>;
  /**
   * Cuts the service off from the pods that talk to it; the test itself still reaches a container under its published ports.
   * Of a pod all of its network is cut. At an address new connections are refused, and the others stall.
   *
   * @throws RuntimeError when it cannot be done: the service is an address that the pod reaches directly.
   */
  disconnect(): Promise<void>;
  /** Joins a service that was cut off again, under the IP it had. */
  reconnect(): Promise<void>;
}
