import type { Place } from './place';
import type { World } from './world';

/** The input and output of the commands of a process. */
export interface Streams {
  /** The unread input. */
  readonly input: { text: string };
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** A command in a container: its files, its clock on which only sleeping takes time, and when it ends at the latest. */
export interface Process {
  readonly world: World;
  readonly place: Place;
  /** The instance of the container, by which others send signals to its first process. */
  readonly instance: string;
  /** The process that writes. */
  readonly owner: string;
  /** Variables of the container. */
  readonly environment: Readonly<Record<string, string>>;
  readonly hostname: string;
  /** Lines of the container's log, which any process of it can write. */
  readonly log: (text: string, atMs: number) => void;
  readonly clock: Clock;
  /** When something from outside ends it; NEVER if nothing is known to. */
  readonly untilMs: number;
  /** The bytes of memory that the container may have; undefined without a limit. */
  readonly memoryLimit: number | undefined;
  /** The kernel killed a child of the first process at the memory limit. */
  readonly onChildKilled: (atMs: number) => void;
}

export interface Clock {
  nowMs: number;
}

/** Ends a process with an exit code, or with the signal in it. */
export class Exit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code & 255;
  }
}

/** The kernel kills the process at the memory limit of its container. */
export class OutOfMemory extends Error {}

/** Something from outside ends the process before its next command. */
export class Ended extends Error {}

/** Advances the clock of a process. Throws {@link Ended} if the process ends before. */
export function sleep({ clock, untilMs }: Process, ms: number): void {
  if (clock.nowMs + ms > untilMs || ms === Number.POSITIVE_INFINITY) {
    clock.nowMs = untilMs;
    throw new Ended();
  }
  clock.nowMs += ms;
}
