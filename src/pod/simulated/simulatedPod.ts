import type { Duration } from '../../clock/duration';
import type { KubeletEvent } from '../../timeline/event';
import type { PodRun, TerminatedPod } from '../../waiting/podRun';
import type { APIPodStatus } from '../shared/apiStatus';
import type { DeleteOptions } from '../shared/deleteOptions';
import type { PodTimeline } from '../shared/podTimeline';
import type { PodClient, RequestsOptions } from '../shared/requests';

/** Pod that runs a script in virtual time. */
export interface SimulatedPod extends PodRun {
  /** Timeline of the pod so far. As a string, it is a chart. */
  readonly timeline: PodTimeline;
  /** Status that the API would return now. */
  readonly status: APIPodStatus;
  /** The events that `kubectl describe pod` would list, oldest first and one by one. */
  readonly events: readonly KubeletEvent[];
  /**
   * Lets the given time pass, without a wait.
   *
   * @throws RangeError if the duration has no unit.
   */
  advance(duration: Duration): void;
  /**
   * Returns a container of the pod.
   *
   * @throws Error if the pod has no container of that name.
   */
  container(name: string): SimulatedContainer;
  /**
   * Starts a client that sends HTTP requests to the pod while it is a ready endpoint, and for some time after. Each
   * request uses a new connection, and the script responds immediately.
   *
   * @throws Error if the port does not exist, or no container lists a port.
   * @throws RangeError if a duration is invalid.
   */
  requests(path: string, options?: RequestsOptions): Promise<PodClient>;
  /** Records an action that the test performs by other means. Matchers count occurrences after it. */
  note(what: string): Promise<void>;
  /** Deletes the pod like `kubectl delete`, and advances the time until the pod has terminated. */
  delete(options?: DeleteOptions): Promise<TerminatedPod<this>>;
}

/** Container of a simulated pod. */
export interface SimulatedContainer {
  /** Name of the container. */
  readonly name: string;
  /**
   * Stops the container's process with SIGSTOP: it responds to no request, but accepts TCP connections, and commands
   * run in it. Until `thaw` or a restart, only SIGKILL has an effect.
   *
   * @throws RuntimeError if the container does not run.
   */
  freeze(): Promise<void>;
  /** Resumes a frozen container. It catches up with what it missed. */
  thaw(): Promise<void>;
  /**
   * Sends a signal to the container's process as a fault, and with SIGKILL resolves after the exit. SIGKILL ends the
   * process, and any other signal has the effect of the stop signal.
   *
   * @throws RuntimeError if the container does not run.
   */
  kill(signal?: NodeJS.Signals): Promise<void>;
}
