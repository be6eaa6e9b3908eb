/**
 * What each container's process does, by container name: the entries of every run, in the order of their `at`.
 *
 * A container without an entry for some behaviour simply keeps running: it answers no port, every command exits 0 at
 * once, and a stop signal ends it at once with code 143.
 */
export type AppScript = Readonly<Record<string, readonly ScriptEntry[]>>;

/** What a process does from `at` on, until a later entry says the same thing anew (the same command, path or port). */
export interface ScriptEntry {
  /** From the start of that run of the container: `10s`, `1m30s`. */
  readonly at: string;
  /** Which runs it is for: `1`, `2`, or `2+` for the second and all later ones; every run when absent. */
  readonly run?: number | string;
  /** How long the engine takes to start it; on the entry that is for the beginning of the run. */
  readonly startLag?: string;
  /** A command line, its arguments joined by spaces, and what comes of it. */
  readonly exec?: Readonly<Record<string, ScriptedExec>>;
  /** By port, then by path with query. A path that is not listed is 404. */
  readonly http?: Readonly<Record<string, Readonly<Record<string, ScriptedAnswer>>>>;
  /** The http ports speak TLS. */
  readonly tls?: 'self-signed';
  /** By port: whether a connection is accepted. A port that answers http is open. */
  readonly tcp?: Readonly<Record<string, 'open' | 'closed'>>;
  /** By port, then by service: a status of the gRPC health protocol. */
  readonly grpc?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The process ends by itself with this code. */
  readonly exit?: number;
  /**
   * The kernel kills a process of the container at its memory limit: the `main` one, or a `child` of it. Either ends the
   * container, with 137 and OOMKilled, from Kubernetes 1.28 on; of a `child` only with cgroup v2.
   */
  readonly oomKill?: 'main' | 'child';
  /** The process writes its own "started" mark. */
  readonly up?: boolean;
  /** What the stop signal does to it; ends it at once with 143 where nothing is said. */
  readonly onTerm?: OnTerm;
  /** Whether its image can be pulled, which it can by default: `present` if it is on the node, or the runtime's error. */
  readonly imagePull?: 'ok' | 'present' | 'fails' | { readonly fails: string };
  /** The user of its image, by name or number. `runAsNonRoot` is checked only if it is given. */
  readonly imageUser?: string;
  /** The program that its image lacks, so that it does not start; '' if neither image nor manifest names a command. */
  readonly missing?: string;
  /** By path. */
  readonly writeFile?: Readonly<Record<string, string>>;
  /** What it writes, a line or several. The last line has no end, as in a log, unless the text ends in a newline. */
  readonly stdout?: string;
}

/** An exit code, or more about it. `startDelay` is part of `takes`. A `missing` program cannot be run at all. */
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

/** A status, or more about the answer. One that `takes` as long as the probe's timeout, or `forever`, never comes. */
export type ScriptedAnswer =
  | number
  | { readonly status: number; readonly location?: string; readonly body?: string; readonly takes?: string };

/** What the stop signal does. */
export interface OnTerm {
  /** How long it goes on before it ends; `0s` where only `code` is said. With neither it goes on. */
  readonly exitAfter?: string;
  /** The exit code it then ends with; 143 unless told otherwise. */
  readonly code?: number;
  /** It does not heed the signal, and runs until SIGKILL. */
  readonly ignore?: boolean;
  /** Commands that answer differently from then on. */
  readonly exec?: Readonly<Record<string, ScriptedExec>>;
  /** By port, then by path: what is answered differently from then on. */
  readonly http?: Readonly<Record<string, Readonly<Record<string, ScriptedAnswer>>>>;
}
