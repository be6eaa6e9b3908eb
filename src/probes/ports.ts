import type { Duplex } from 'node:stream';

/** Runs a command in a container without a shell; never rejects. */
export type ExecInContainer = (id: string, argv: readonly string[], options?: ExecLimits) => Promise<ExecResult>;

/**
 * Connects to a port of the pod from inside its network, and resolves when the attempt begins; undefined if this
 * machine reaches the host itself. Rejects if the engine gives no access.
 */
export type ConnectInside = (host: string, port: number) => Promise<Connection | undefined>;

/** Result of a command in a container: stdout followed by stderr is `output`. */
export type ExecResult =
  | {
      readonly kind: 'Exited';
      readonly exitCode: number;
      readonly output: string;
      /** The stderr part of `output`, if it is known: a failed hook's message quotes it. */
      readonly stderr?: string;
    }
  | { readonly kind: 'TimedOut'; readonly output: string }
  /** The engine could not run it: the binary is missing, the container has just exited. Not an exit code. */
  | { readonly kind: 'CouldNotRun'; readonly message: string; readonly output?: string };

/** A connection that is being made. */
export interface Connection {
  /** The caller destroys it. */
  readonly socket: Duplex;
  /** Rejects with what a socket's `error` event would tell: its code, syscall, address and port. */
  readonly connected: Promise<void>;
}

export interface ExecLimits {
  /** After this long the command's own process gets SIGKILL; its children live on, as under containerd. */
  readonly timeoutMs?: number;
  /** Output beyond this many bytes is dropped. */
  readonly limitBytes?: number;
}
