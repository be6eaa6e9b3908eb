import type { KubeletEvent } from '../../timeline/event';
import type { PodRun, TerminatedPod } from '../../waiting/podRun';
import type { APIPodStatus } from '../shared/apiStatus';
import type { DeleteOptions } from '../shared/deleteOptions';
import type { PodTimeline } from '../shared/podTimeline';
import type { PodClient, RequestsOptions } from '../shared/requests';
import type { LiveContainer } from './liveContainer';
import type { LiveService } from './liveService';

/** Pod that runs on a container engine. You can still read it after the pod's end. */
export interface LivePod extends PodRun, AsyncDisposable {
  /** Timeline of the pod so far. As a string, it is a chart. */
  readonly timeline: PodTimeline;
  /** Status that the API would return now. The phase is `Unknown` if the run was aborted. */
  readonly status: APIPodStatus;
  /** The events that `kubectl describe pod` would list, oldest first and one by one. */
  readonly events: readonly KubeletEvent[];
  /**
   * Returns a container of the pod.
   *
   * @throws Error if the pod has no container of that name.
   */
  container(name: string): LiveContainer;
  /**
   * Returns a dependency of the pod, by its name in `services`.
   *
   * @throws Error if no dependency has that name.
   */
  service(name: string): LiveService;
  /**
   * Starts a client that sends HTTP requests to the pod's IP, each on a new connection and without waiting for the one
   * before, while the pod is a ready endpoint and for some time after. `toDropNoRequests` checks the responses, and a
   * deletion waits for the last requests.
   *
   * @throws Error if the port does not exist, or no container lists a port.
   * @throws RangeError if a duration is invalid.
   */
  requests(path: string, options?: RequestsOptions): Promise<PodClient>;
  /**
   * Deletes the pod as `kubectl delete` does, with hooks, stop signals and the grace period. It resolves to this handle
   * when the pod is gone.
   *
   * @throws RuntimeError if the run is aborted during the deletion.
   */
  delete(options?: DeleteOptions): Promise<TerminatedPod<this>>;
  /**
   * Disconnects the pod's network: nothing gets in or out, and probes from the node time out. Its containers still
   * reach each other, and its IP stays the same.
   *
   * @throws RuntimeError if the engine does not allow it.
   */
  disconnect(): Promise<void>;
  /** Reconnects the pod's network, with the same IP. */
  reconnect(): Promise<void>;
  /**
   * Records an action of the test on the pod by other means, for example a request to the app. Matchers about an
   * occurrence count after it, and a failure shows it.
   */
  note(what: string): Promise<void>;
  /** Removes the pod immediately, without hooks or a grace period. Never rejects. */
  remove(): Promise<void>;
}
