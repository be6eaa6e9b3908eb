import type { ExecOutcome } from '../../agent/ipc/messages';
import type { Limits } from '../../runtime/docker/containers/limits';
import type { ContainerProcess } from '../../timeline/event';

/** Options of a command in a container. */
export interface ExecOptions {
  /** True if an exit code other than 0 is an error. Default: true. */
  readonly reject?: boolean;
}

/** Selection of a container's output. */
export interface LogsOptions {
  /** True for the instance before the last restart. */
  readonly previous?: boolean;
}

/** Container of a running pod. It always means the current instance. */
export interface LiveContainer {
  /** Name of the container. */
  readonly name: string;
  /**
   * Waits until the container runs, and runs a command in it without a shell. The returned output is unmasked, but a
   * failure masks the values of Secrets.
   *
   * @throws ExecError if the command exits with a code other than 0, unless `reject` is false.
   * @throws RuntimeError if the command cannot run: its program does not exist, or the container will not run again.
   */
  exec(argv: readonly string[], options?: ExecOptions): Promise<ExecOutcome>;
  /**
   * Returns the output of the container, stdout and stderr in the order in which they were printed, with `***` for
   * values of Secrets. With `previous`, it returns that of the instance before the last restart.
   *
   * @throws RuntimeError if there is no previous instance.
   */
  logs(options?: LogsOptions): Promise<string>;
  /**
   * Waits until the container runs, and returns its processes with the signals that each handles, ignores and blocks.
   * The main process comes first, and no command runs in the container for this.
   *
   * @throws RuntimeError if the container will not run again, or the engine does not allow our helper container.
   */
  processes(): Promise<readonly ContainerProcess[]>;
  /**
   * Returns the memory of the container in bytes, without the reclaimable page cache, as the kubelet reports it. It
   * resolves to undefined if the container does not run, or the engine does not report it.
   */
  workingSet(): Promise<number | undefined>;
  /**
   * Sends a signal to the container's main process, as a fault and not as an action of the kubelet. With SIGKILL, it
   * resolves after the exit.
   *
   * @throws RuntimeError if the container does not run.
   */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /**
   * Stops every process of the container with SIGSTOP, until `thaw` or a restart. The container no longer responds, but
   * the kernel still accepts its TCP connections, and commands can run in it.
   *
   * @throws RuntimeError if the container does not run.
   */
  freeze(): Promise<void>;
  /** Resumes a frozen container. */
  thaw(): Promise<void>;
  /**
   * Limits the resources of the container, as Kubernetes quantities: `limit({ cpu: '100m', memory: '64Mi' })`. It is a
   * fault that the manifest does not contain, and it stays until the next call, also after a restart.
   *
   * @throws RangeError if no limit is given, or one is not a quantity.
   * @throws RuntimeError if the engine rejects it, for example because the container already uses more.
   */
  limit(limits: Limits): Promise<void>;
  /**
   * Waits until the pod has its network, and returns the URL at which the test, but not a probe, reaches a port of the
   * container by number or name. It starts with `https` if the port's name does: `https`, `https-admin`.
   */
  url(port: number | string): Promise<string>;
}
