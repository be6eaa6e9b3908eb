import { BUILTINS, Leave } from './builtins';
import { expandOne, expandWords, matches, type Scope } from './expand';
import { readFile, writeFile } from './files';
import { type Job, startJob } from './jobs';
import { parse } from './parse';
import { Exit, OutOfMemory, type Process, type Streams, sleep } from './process';
import { programOf, refuseOther } from './programs';
import { type Command, NotScriptable, type Redirect } from './syntax';

/** So many commands without time passing are a loop that never ends. */
const MOST_COMMANDS_AT_ONCE = 200_000;
const KILLED = 137;

/** A signal to a process. */
export interface Signal {
  readonly atMs: number;
  readonly name: string;
}

/** A shell, from its command line to its exit. Sleeping alone takes time. */
export class Shell implements Scope {
  readonly process: Process;
  readonly variables: Map<string, string>;
  readonly functions: Map<string, Command>;
  readonly traps = new Map<string, string>();
  readonly jobs: Job[] = [];
  /** What follows `sh -c`, `$0` first. */
  args: readonly string[];
  status = 0;
  /** The signals still to come: to the first process of its container. Others get none. */
  readonly signals: Signal[];
  readonly isFirst: boolean;
  #commands = 0;
  #countedAtMs = 0;

  constructor(
    process: Process,
    options: {
      readonly args?: readonly string[];
      readonly parent?: Shell;
      readonly signals?: readonly Signal[];
      readonly isFirst?: boolean;
    } = {},
  ) {
    this.process = process;
    this.args = options.args ?? options.parent?.args ?? ['sh'];
    this.variables = new Map(options.parent?.variables ?? Object.entries(process.environment));
    this.functions = new Map(options.parent?.functions);
    this.signals = [...(options.signals ?? [])].sort((a, b) => a.atMs - b.atMs);
    this.isFirst = options.isFirst ?? false;
  }

  /** Runs a command line to its end and returns the exit code of the shell. */
  run(text: string, streams: Streams): number {
    return this.runCommand(parse(text), streams);
  }

  runCommand(command: Command, streams: Streams): number {
    try {
      this.execute(command, streams);
      return this.#leave(this.status, streams);
    } catch (error) {
      if (error instanceof Exit) return this.#leave(error.code, streams);
      throw error;
    }
  }

  /** The trap of EXIT has the last word. */
  #leave(code: number, streams: Streams): number {
    const trap = this.traps.get('EXIT');
    this.traps.delete('EXIT');
    if (!trap) return code;
    this.status = code;
    try {
      this.execute(parse(trap), streams);
    } catch (error) {
      if (error instanceof Exit) return error.code;
      throw error;
    }
    return code;
  }

  execute(command: Command, streams: Streams): number {
    this.status = this.#execute(command, streams);
    return this.status;
  }

  #execute(command: Command, streams: Streams): number {
    switch (command.kind) {
      case 'list':
        for (const { command: each, inBackground } of command.commands) {
          if (inBackground) this.#inBackground(each, streams);
          else this.execute(each, streams);
        }
        return command.commands.length === 0 ? 0 : this.status;
      case 'both': {
        const left = this.execute(command.left, streams);
        return (left === 0) === (command.operator === '&&') ? this.execute(command.right, streams) : left;
      }
      case 'not':
        return this.execute(command.command, streams) === 0 ? 1 : 0;
      case 'pipe': {
        let piped = '';
        this.#child(command.left, { ...streams, out: (text) => (piped += text) });
        return this.#child(command.right, { ...streams, input: piped });
      }
      case 'subshell':
        return this.#child(command.body, streams);
      case 'if':
        for (const { condition, body } of command.branches) {
          if (this.execute(condition, streams) === 0) return this.execute(body, streams);
        }
        return command.otherwise ? this.execute(command.otherwise, streams) : 0;
      case 'loop':
        return this.#loop(
          () => (this.execute(command.condition, streams) === 0) !== command.until,
          command.body,
          streams,
        );
      case 'for': {
        const values = command.words ? expandWords(command.words, this, streams) : this.args.slice(1);
        const next = values[Symbol.iterator]();
        const take = () => {
          const { done, value } = next.next();
          if (!done) this.variables.set(command.name, value as string);
          return !done;
        };
        return this.#loop(take, command.body, streams);
      }
      case 'case': {
        const word = expandOne(command.word, this, streams);
        const branch = command.branches.find(({ patterns }) =>
          patterns.some((each) => matches(each, word, this, streams)),
        );
        return branch ? this.execute(branch.body, streams) : 0;
      }
      case 'function':
        this.functions.set(command.name, command.body);
        return 0;
      case 'redirected':
        return this.#redirected(command.command, command.redirects, streams);
      case 'simple':
        return this.#simple(command, streams);
    }
  }

  #loop(goesOn: () => boolean, body: Command, streams: Streams): number {
    let code = 0;
    while (goesOn()) {
      this.#count();
      try {
        code = this.execute(body, streams);
      } catch (leave) {
        if (!(leave instanceof Leave) || leave.what === 'return') throw leave;
        if (leave.levels > 1) throw new Leave(leave.what, leave.levels - 1);
        if (leave.what === 'break') break;
      }
    }
    return code;
  }

  #simple({ assigns, words }: Extract<Command, { kind: 'simple' }>, streams: Streams): number {
    this.#count();
    const [name, ...args] = expandWords(words, this, streams);
    for (const { name: variable, value } of assigns) this.variables.set(variable, expandOne(value, this, streams));
    const code = name === undefined ? (assigns.length > 0 ? this.substituted() : 0) : this.call(name, args, streams);
    this.handleSignals(streams);
    return code;
  }

  /** The exit code of the command in an assignment. */
  substituted(): number {
    return this.status;
  }

  /** Calls a function, a builtin or a program. */
  call(name: string, args: readonly string[], streams: Streams): number {
    const body = this.functions.get(name);
    if (body) return this.#callFunction(body, args, streams);
    const builtin = Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined;
    if (builtin) return builtin(this, args, streams);
    return this.runProgram(name, args, streams);
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
      return 127;
    }
    try {
      return program(args, this.process, streams);
    } catch (error) {
      // A child alone dies, and the shell tells of it.
      if (!(error instanceof OutOfMemory) || this.#isReplaced) throw error;
      this.process.log('Killed\n', this.process.clock.nowMs);
      return KILLED;
    }
  }

  /** True once `exec` has put a program in the place of this shell. */
  #isReplaced = false;

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
    for (const [name, value] of this.variables) if (!inner.variables.has(name)) inner.variables.set(name, value);
    return inner.run(text, streams);
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

  /** A copy of the shell: what it sets stays in it. */
  #child(command: Command, streams: Streams): number {
    return new Shell(this.process, { parent: this }).runCommand(command, streams);
  }

  capture(command: Command, streams: Streams): string {
    let text = '';
    this.status = this.#child(command, { ...streams, out: (more) => (text += more) });
    return text;
  }

  get lastJob(): number {
    return this.jobs.at(-1)?.pid ?? 0;
  }

  /** Runs from now on beside the shell, on a clock of its own. */
  #inBackground(command: Command, streams: Streams): void {
    const pid = 100 + this.jobs.length;
    this.jobs.push(
      startJob(pid, this.process, streams, (process, own) =>
        new Shell(process, { parent: this }).runCommand(command, own),
      ),
    );
  }

  /** Waits for jobs in the background, all if none is named, unless a signal that is handled comes first. */
  wait(pids: readonly number[]): number {
    const { clock } = this.process;
    const jobs = this.jobs.filter(({ pid }) => pids.length === 0 || pids.includes(pid));
    const endsMs = Math.max(clock.nowMs, ...jobs.map((job) => job.endsMs));
    const signal = this.signals.find(({ name, atMs }) => atMs <= endsMs && this.#isHandled(name));
    if (signal) {
      sleep(this.process, Math.max(signal.atMs - clock.nowMs, 0));
      return 128 + (SIGNALS[signal.name] ?? 15);
    }
    sleep(this.process, endsMs - clock.nowMs);
    return pids.length === 0 ? 0 : (jobs.at(-1)?.code ?? 127);
  }

  /** A signal without a trap ends a process, but never the first of a container. */
  #isHandled(name: string): boolean {
    return this.traps.has(name) ? this.traps.get(name) !== '' : !this.isFirst;
  }

  /** Does what the traps of the signals say that have come by now. A shell looks at them between two commands. */
  handleSignals(streams: Streams): void {
    for (let [next] = this.signals; next && next.atMs <= this.process.clock.nowMs; [next] = this.signals) {
      this.signals.shift();
      if (!this.#isHandled(next.name)) continue;
      const trap = this.traps.get(next.name);
      if (trap === undefined) throw new Exit(128 + (SIGNALS[next.name] ?? 15));
      const status = this.status;
      this.execute(parse(trap), streams);
      this.status = status;
    }
  }

  #redirected(command: Command, redirects: readonly Redirect[], streams: Streams): number {
    let redirected: Streams = streams;
    for (const redirect of redirects) {
      const target = expandOne(redirect.target, this, streams);
      const next = this.#redirect(redirected, redirect, target, streams);
      if (next === undefined) return 1;
      redirected = next;
    }
    return this.#execute(command, redirected);
  }

  #redirect(streams: Streams, { fd, operator }: Redirect, target: string, outer: Streams): Streams | undefined {
    const { process } = this;
    const complain = (what: string, why: string) => {
      outer.error(`${this.args[0]}: can't ${what} ${target}: ${why}\n`);
      return undefined;
    };
    if (operator === '>&') return this.#duplicated(streams, fd, target);
    if (operator === '<') {
      const input = readFile(process, target);
      return input === undefined ? complain('open', 'no such file') : { ...streams, input };
    }
    const before = operator === '>>' ? (readFile(process, target) ?? '') : '';
    const why = writeFile(process, target, before);
    if (why !== undefined) return complain('create', why);
    const write = (text: string) => {
      const isLog = /^\/(dev\/|proc\/1\/fd)/.test(target) && target !== process.place.terminationLog;
      writeFile(process, target, isLog ? text : (readFile(process, target) ?? '') + text);
    };
    return fd === 2 ? { ...streams, error: write } : { ...streams, out: write };
  }

  #duplicated(streams: Streams, fd: number, target: string): Streams {
    if (target === '1') return { ...streams, error: fd === 2 ? streams.out : streams.error };
    if (target === '2') return { ...streams, out: fd === 1 ? streams.error : streams.out };
    throw new NotScriptable(`>&${target}`);
  }

  /** Refuses a loop in which no time passes. */
  #count(): void {
    const { nowMs } = this.process.clock;
    this.#commands = nowMs === this.#countedAtMs ? this.#commands + 1 : 0;
    this.#countedAtMs = nowMs;
    if (this.#commands > MOST_COMMANDS_AT_ONCE) throw new NotScriptable('a loop that never sleeps');
  }
}

/** The numbers of the signals that commands of a pod send. */
export const SIGNALS: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  KILL: 9,
  USR1: 10,
  USR2: 12,
  TERM: 15,
};
