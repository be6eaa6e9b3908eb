import { BUILTINS, Leave } from './builtins';
import { interpret } from './interpret';
import { type Job, startJob } from './jobs';
import type { Scope } from './language/expand';
import { parse } from './language/parse';
import { type Command, NotScriptable } from './language/syntax';
import { Exit, OutOfMemory, type Process, type Streams, sleep } from './process';
import { programOf, refuseOther } from './programs';
import { numberOfSignal, type Signal } from './signals';

/** So many commands without time passing are a loop that never ends. */
const MOST_COMMANDS_AT_ONCE = 200_000;
/** Time from a signal to the first command of its trap. */
const WAKING_MS = 2;
const NOT_FOUND = 127;
const KILLED = 137;
/** The first process of a shell's children. */
const FIRST_JOB_PID = 100;

interface ShellOptions {
  readonly args?: readonly string[];
  /** The shell of which this one is a copy. */
  readonly parent?: Shell;
  readonly signals?: readonly Signal[];
  readonly isFirst?: boolean;
}

/** A shell, from its command line to its exit. Sleeping alone takes time. */
export class Shell implements Scope {
  readonly process: Process;
  readonly variables: Map<string, string>;
  readonly functions: Map<string, Command>;
  readonly traps = new Map<string, string>();
  readonly jobs: Job[] = [];
  /** The arguments after `sh -c`, beginning with `$0`. */
  args: readonly string[];
  status = 0;
  /** True if a failed command ends the shell, as after `set -e`. */
  leavesOnFailure: boolean;
  /** The signals still to come: to the first process of its container. Others get none. */
  readonly signals: Signal[];
  readonly isFirst: boolean;
  #conditions = 0;
  #commands = 0;
  #countedAtMs = 0;
  /** True once `exec` has put a program in the place of this shell. */
  #isReplaced = false;

  constructor(process: Process, { args, parent, signals = [], isFirst = false }: ShellOptions = {}) {
    this.process = process;
    this.args = args ?? parent?.args ?? ['sh'];
    this.variables = new Map(parent?.variables ?? Object.entries(process.environment));
    this.functions = new Map(parent?.functions);
    this.leavesOnFailure = parent?.leavesOnFailure ?? false;
    this.signals = signals.toSorted((a, b) => a.atMs - b.atMs);
    this.isFirst = isFirst;
  }

  get lastJob(): number {
    return this.jobs.at(-1)?.pid ?? 0;
  }

  /** Runs a command line to its end and returns the exit code of the shell. */
  run(text: string, streams: Streams): number {
    return this.runCommand(parse(text), streams);
  }

  runCommand(command: Command, streams: Streams): number {
    const code = this.#untilExit(() => this.execute(command, streams));
    const trap = this.traps.get('EXIT');
    this.traps.delete('EXIT');
    if (!trap) return code;
    this.status = code;
    let last = code;
    this.#untilExit(
      () => this.execute(parse(trap), streams),
      (exit) => {
        last = exit;
      },
    );
    return last;
  }

  #untilExit(run: () => number, onExit?: (code: number) => void): number {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof Exit)) throw error;
      onExit?.(error.code);
      return error.code;
    }
  }

  execute(command: Command, streams: Streams): number {
    this.status = interpret(this, command, streams);
    return this.status;
  }

  /** Executes a command whose failure is an answer, and ends nothing. */
  condition(command: Command, streams: Streams): number {
    this.#conditions += 1;
    try {
      return this.execute(command, streams);
    } finally {
      this.#conditions -= 1;
    }
  }

  leaveOnFailure(code: number): void {
    if (code !== 0 && this.leavesOnFailure && this.#conditions === 0) throw new Exit(code);
  }

  /** Calls a function, a builtin or a program. */
  call(name: string, args: readonly string[], streams: Streams): number {
    const body = this.functions.get(name);
    if (body) return this.#callFunction(body, args, streams);
    const builtin = Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined;
    return builtin ? builtin(this, args, streams) : this.runProgram(name, args, streams);
  }

  #callFunction(body: Command, args: readonly string[], streams: Streams): number {
    const outer = this.args;
    this.args = [outer[0] ?? 'sh', ...args];
    try {
      return this.execute(body, streams);
    } catch (leave) {
      if (leave instanceof Leave && leave.what === 'return') return leave.levels;
      throw leave;
    } finally {
      this.args = outer;
    }
  }

  /** Runs a program, in this process if it takes the place of the shell, else as a child that gets no signal. */
  runProgram(name: string, args: readonly string[], streams: Streams): number {
    if (/^(\/(usr\/)?bin\/)?(sh|ash)$/.test(name)) return this.#runShell(args, streams);
    if (/^(\/bin\/)?busybox$/.test(name) && args[0] !== undefined)
      return this.runProgram(args[0], args.slice(1), streams);
    const program = programOf(name);
    if (!program) {
      refuseOther(name);
      streams.error(`${this.args[0]}: ${name}: not found\n`);
      return NOT_FOUND;
    }
    try {
      return program(args, this.process, streams);
    } catch (error) {
      if (!(error instanceof OutOfMemory) || this.#isReplaced) throw error;
      // Only the child exits, and the shell reports it.
      this.process.onChildKilled(this.process.clock.nowMs);
      streams.error('Killed\n');
      return KILLED;
    }
  }

  replace(name: string, args: readonly string[], streams: Streams): never {
    this.#isReplaced = true;
    this.traps.clear();
    throw new Exit(this.runProgram(name, args, streams));
  }

  #runShell(args: readonly string[], streams: Streams): number {
    const line = args.findIndex((arg) => /^-\w*c$/.test(arg));
    if (line < 0) throw new NotScriptable(`a shell without -c: sh ${args.join(' ')}`);
    const [text = '', ...rest] = args.slice(line + 1);
    const inner = new Shell(this.process, {
      args: rest.length > 0 ? rest : ['sh'],
      isFirst: this.#isReplaced && this.isFirst,
      signals: this.#isReplaced ? this.signals : [],
    });
    inner.leavesOnFailure = args.slice(0, line + 1).some((arg) => /^-\w*e/.test(arg));
    for (const [name, value] of this.variables) if (!inner.variables.has(name)) inner.variables.set(name, value);
    const code = inner.run(text, streams);
    for (const job of inner.jobs) job.flush();
    return code;
  }

  /** Runs a command in a copy of the shell: what it sets stays in it. */
  child(command: Command, streams: Streams): number {
    return new Shell(this.process, { parent: this }).runCommand(command, streams);
  }

  capture(command: Command, streams: Streams): string {
    let captured = '';
    const out = (text: string) => {
      captured += text;
    };
    this.status = this.child(command, { ...streams, out });
    return captured;
  }

  /** Starts a job in parallel with the shell, with its own clock. */
  startJob(command: Command, streams: Streams): void {
    const pid = FIRST_JOB_PID + this.jobs.length;
    const run = (process: Process, own: Streams) => new Shell(process, { parent: this }).runCommand(command, own);
    this.jobs.push(startJob(pid, this.process, streams, run));
  }

  /** Waits for jobs in the background, all if none is named, unless a signal that is handled comes first. */
  wait(pids: readonly number[]): number {
    const { clock } = this.process;
    const jobs = this.jobs.filter(({ pid }) => pids.length === 0 || pids.includes(pid));
    const endsMs = Math.max(clock.nowMs, ...jobs.map((job) => job.endsMs));
    const signal = this.signals.find(({ name, atMs }) => atMs <= endsMs && this.#isHandled(name));
    sleep(this.process, Math.max((signal?.atMs ?? endsMs) - clock.nowMs, 0));
    if (signal) return 128 + numberOfSignal(signal.name);
    return pids.length === 0 ? 0 : (jobs.at(-1)?.code ?? NOT_FOUND);
  }

  /**
   * Returns true if a signal does not end the process. Without a trap, it ends every process but the first of a
   * container.
   */
  #isHandled(name: string): boolean {
    return this.traps.has(name) ? this.traps.get(name) !== '' : !this.isFirst;
  }

  /** Does what the traps of the signals say that have come by now. A shell looks at them between two commands. */
  handleSignals(streams: Streams): void {
    for (let [next] = this.signals; next && next.atMs <= this.process.clock.nowMs; [next] = this.signals) {
      this.signals.shift();
      if (!this.#isHandled(next.name)) continue;
      // It has to be scheduled before it can do anything about the signal.
      sleep(this.process, Math.max(next.atMs + WAKING_MS - this.process.clock.nowMs, 0));
      const trap = this.traps.get(next.name);
      if (trap === undefined) throw new Exit(128 + numberOfSignal(next.name));
      const { status } = this;
      this.execute(parse(trap), streams);
      this.status = status;
    }
  }

  /** Refuses a loop in which no time passes. */
  count(): void {
    const { nowMs } = this.process.clock;
    this.#commands = nowMs === this.#countedAtMs ? this.#commands + 1 : 0;
    this.#countedAtMs = nowMs;
    if (this.#commands > MOST_COMMANDS_AT_ONCE) throw new NotScriptable('a loop that never sleeps');
  }
}
