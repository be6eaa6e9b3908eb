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

/** A container of a running pod, whichever instance of it runs at the moment. */
export interface LiveContainer {
  readonly name: string;
  /**
   * Runs a command in the container, without a shell; waits until the container runs. The output is as the command wrote
   * it, and only a failure hides the values of Secrets.
   *
   * @throws ExecError when it exits with a code other than 0, unless `reject` is false.
   * @throws RuntimeError when it cannot be run: the binary is not there, the container does not run and will not.
   */
  exec(argv: readonly string[], options?: ExecOptions): Promise<ExecOutcome>;
  /**
   * Returns the output of the container, standard output and error as they came; with `previous` that of the instance
   * before the last restart. The value of a Secret is `***`.
   *
   * @throws RuntimeError when there is no previous instance.
   */
  logs(options?: LogsOptions): Promise<string>;
  /**
   * The processes of the container, its main one first, each with the signals it handles, ignores and blocks; waits until
   * the container runs. Nothing is run in the container for that.
   *
   * @throws RuntimeError when it does not run and will not, or when the engine does not let a container of ours look.
   */
  processes(): Promise<readonly ContainerProcess[]>;
  /**
   * The memory of the container without the page cache that the kernel can take back, in bytes, as the kubelet reports it.
   * Resolves to undefined if the container does not run, or the engine does not tell it.
   */
  workingSet(): Promise<number | undefined>;
  /**
   * Sends a signal to the container's main process, as a fault: the kubelet has nothing to do with it. Resolves after the
   * exit if the signal is SIGKILL.
   *
   * @throws RuntimeError when the container does not run.
   */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /**
   * Stops every process of the container with SIGSTOP: it no longer responds, but the kernel still accepts its TCP
   * connections, and commands can run in it. A restart brings an instance that is not frozen.
   *
   * @throws RuntimeError when the container does not run.
   */
  freeze(): Promise<void>;
  /** Resumes a frozen container. */
  thaw(): Promise<void>;
  /**
   * Limits what the container may use, in Kubernetes' quantities: `limit({ cpu: '100m', memory: '64Mi' })`. That is a fault,
   * of which the manifest knows nothing: it stays, across restarts as well, until another one replaces it.
   *
   * @throws RangeError when nothing, or what is no quantity, is given.
   * @throws RuntimeError when the engine refuses, as below what the container uses already.
   */
  limit(limits: Limits): Promise<void>;
  /**
   * Returns the URL under which the test, but not a probe, reaches a port that the container lists, by number or by
   * name; waits until the pod has its network. It begins with `https` if the name of the port says so: `https`,
   * `https-admin`.
   */
  url(port: number | string): Promise<string>;
}
