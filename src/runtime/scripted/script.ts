/**
 * The behavior of each container's process, by container name: the entries of every run, in the order of their `at`.
 *
 * A container keeps running by default: all its ports are closed, every command exits 0 immediately, and a stop signal
 * ends it immediately with code 143.
 */
export type AppScript = Readonly<Record<string, readonly ScriptEntry[]>>;

/** Behavior of a process since `at`, until a later entry sets the same command, path or port again. */
export interface ScriptEntry {
  /** The time since the start of that run of the container: `10s`, `1m30s`. */
  readonly at: string;
  /** The runs of the entry: `1`, `2`, or `2+` for the second and all later runs. Default: every run. */
  readonly run?: number | string;
  /** The time that the engine takes to start the container, in an entry for the beginning of the run. */
  readonly startLag?: string;
  /** The result of each command line, with its arguments joined by spaces. */
  readonly exec?: Readonly<Record<string, ScriptedExec>>;
  /** The answers of each port, by path with query. A path that is not listed is 404. */
  readonly http?: Readonly<Record<string, Readonly<Record<string, ScriptedAnswer>>>>;
  /** Set if the http ports speak TLS. */
  readonly tls?: 'self-signed';
  /** Whether a port accepts connections. A port with `http` is open. */
  readonly tcp?: Readonly<Record<string, 'open' | 'closed'>>;
  /** The gRPC health status of each port, by service. */
  readonly grpc?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The process exits with this code. */
  readonly exit?: number;
  /**
   * The process that the kernel kills at the container's memory limit: the `main` one, or a `child` of it. Either ends
   * the container with 137 and OOMKilled since Kubernetes 1.28, and a `child` only with cgroup v2.
   */
  readonly oomKill?: 'main' | 'child';
  /** True if the process writes its own "started" mark. */
  readonly up?: boolean;
  /** The reaction to the stop signal. Default: the process exits immediately with 143. */
  readonly onTerm?: OnTerm;
  /** The result of pulling its image: `present` if it is on the node, or the runtime's error. Default: `ok`. */
  readonly imagePull?: 'ok' | 'present' | 'fails' | { readonly fails: string };
  /** The user of its image, by name or number. `runAsNonRoot` is checked only if this is set. */
  readonly imageUser?: string;
  /**
   * The program that its image lacks, so that it does not start, or '' if neither image nor manifest sets a command.
   */
  readonly missing?: string;
  /** The contents of files by path. */
  readonly writeFile?: Readonly<Record<string, string>>;
  /** Output of one or more lines. The last line has no end, as in a log, unless the text ends in a newline. */
  readonly stdout?: string;
}

/** An exit code, or more details. `startDelay` is part of `takes`, and a `missing` program cannot run. */
export type ScriptedExec =
  | number
  | {
      readonly code?: number;
      readonly takes?: string;
      readonly startDelay?: string;
      readonly stdout?: string;
      readonly stderr?: string;
      readonly missing?: boolean;
    };

/** A status, or more details. A response that `takes` as long as the probe's timeout, or `forever`, never arrives. */
export type ScriptedAnswer =
  | number
  | { readonly status: number; readonly location?: string; readonly body?: string; readonly takes?: string };

/** Reaction to the stop signal. */
export interface OnTerm {
  /** The time until the exit. Default: `0s` if `code` is set, and otherwise the process keeps running. */
  readonly exitAfter?: string;
  /** The exit code. Default: 143. */
  readonly code?: number;
  /** True if the process ignores the signal and runs until SIGKILL. */
  readonly ignore?: boolean;
  /** Commands whose results change after the signal. */
  readonly exec?: Readonly<Record<string, ScriptedExec>>;
  /** Answers that change after the signal, by port, then by path. */
  readonly http?: Readonly<Record<string, Readonly<Record<string, ScriptedAnswer>>>>;
}
