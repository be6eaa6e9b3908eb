import { parse } from './parse';
import type { Streams } from './process';
import { Exit, sleep } from './process';
import { type Shell, SIGNALS } from './shell';
import { NotScriptable } from './syntax';

/** A command of the shell itself. */
type Builtin = (shell: Shell, args: readonly string[], streams: Streams) => number;

/** Leaves a loop or a function; of a function `levels` is its exit code. */
export class Leave extends Error {
  readonly what: 'break' | 'continue' | 'return';
  readonly levels: number;

  constructor(what: Leave['what'], levels: number) {
    super(what);
    this.what = what;
    this.levels = levels;
  }
}

/** The name of a signal, as `TERM` for SIGTERM and 15; `EXIT` for the end of the shell. */
function signalName(text: string): string {
  const number = /^\d+$/.test(text) ? Number(text) : undefined;
  if (number === 0) return 'EXIT';
  if (number === undefined) return text.toUpperCase().replace(/^SIG/, '');
  const name = Object.keys(SIGNALS).find((each) => SIGNALS[each] === number);
  if (name === undefined) throw new NotScriptable(`signal ${text}`);
  return name;
}

/** The commands of the shell that are known here. */
export const BUILTINS: Readonly<Record<string, Builtin>> = {
  ':': () => 0,
  echo: (_, args, { out }) => {
    const flags = /^-[neE]+$/.test(args[0] ?? '') ? (args[0] ?? '') : '';
    const text = args.slice(flags === '' ? 0 : 1).join(' ');
    out(`${flags.includes('e') ? unescaped(text) : text}${flags.includes('n') ? '' : '\n'}`);
    return 0;
  },
  printf: (_, [format = '', ...args], { out }) => {
    let next = 0;
    const print = () =>
      unescaped(format).replace(/%([sd%])/g, (__, kind) =>
        kind === '%' ? '%' : (args[next++] ?? (kind === 'd' ? '0' : '')),
      );
    do out(print());
    while (next > 0 && next < args.length);
    return 0;
  },
  exit: (shell, [code]) => {
    throw new Exit(code === undefined ? shell.status : Number(code));
  },
  exec: (shell, [name, ...args], streams) => (name === undefined ? 0 : shell.replace(name, args, streams)),
  trap: (shell, [action = '', ...names]) => {
    const isReset = action === '-' || (names.length === 0 && action !== '');
    for (const name of names.length === 0 ? [action] : names) {
      if (isReset) shell.traps.delete(signalName(name));
      else shell.traps.set(signalName(name), action);
    }
    return 0;
  },
  wait: (shell, pids) => shell.wait(pids.map(Number)),
  kill: (shell, args, { error }) => {
    const flag = /^-(\w+)$/.exec(args[0] ?? '')?.[1];
    const [name, targets] =
      flag === 's'
        ? [signalName(args[1] ?? ''), args.slice(2)]
        : [signalName(flag ?? 'TERM'), args.slice(flag ? 1 : 0)];
    const missing = targets.filter((target) => !sendSignal(shell, name, target));
    for (const target of missing) error(`sh: can't kill pid ${target}: No such process\n`);
    return missing.length > 0 ? 1 : 0;
  },
  cd: () => 0,
  pwd: (_, __, { out }) => {
    out('/\n');
    return 0;
  },
  export: assign,
  local: assign,
  readonly: assign,
  unset: (shell, names) => {
    for (const name of names) shell.variables.delete(name);
    return 0;
  },
  set: (_, args) => {
    if (args.some((arg) => !/^[-+][ux]+$/.test(arg))) throw new NotScriptable(`set ${args.join(' ')}`);
    return 0;
  },
  shift: (shell, [count = '1']) => {
    const [own = 'sh', ...rest] = shell.args;
    shell.args = [own, ...rest.slice(Number(count))];
    return 0;
  },
  read: (shell, names, { input }) => {
    const [line] = input.split('\n');
    for (const name of names) if (!name.startsWith('-')) shell.variables.set(name, line ?? '');
    return input === '' ? 1 : 0;
  },
  eval: (shell, args, streams) => shell.execute(parse(args.join(' ')), streams),
  command: (shell, args, streams) => shell.call(args[0] ?? 'true', args.slice(1), streams),
  break: (_, [levels = '1']) => {
    throw new Leave('break', Number(levels));
  },
  continue: (_, [levels = '1']) => {
    throw new Leave('continue', Number(levels));
  },
  return: (shell, [code]) => {
    throw new Leave('return', code === undefined ? shell.status : Number(code));
  },
  usleep: (shell, [micro = '0']) => {
    sleep(shell.process, Number(micro) / 1000);
    return 0;
  },
};

function assign(shell: Shell, args: readonly string[]): number {
  for (const arg of args) {
    const [, name, value] = /^(\w+)=(.*)$/s.exec(arg) ?? [];
    if (name !== undefined) shell.variables.set(name, value ?? '');
  }
  return 0;
}

/**
 * Sends a signal to the shell itself or to the first process. The kernel takes no SIGKILL from inside for the first
 * process, and only what it handles.
 */
function sendSignal(shell: Shell, name: string, target: string): boolean {
  if (!/^\d+$/.test(target)) throw new NotScriptable(`kill ${target}`);
  const { clock, instance, world } = shell.process;
  if (target !== '1') {
    const job = shell.jobs.find(({ pid, endsMs }) => pid === Number(target) && endsMs > clock.nowMs);
    if (name !== 'EXIT') job?.kill(clock.nowMs, 128 + (SIGNALS[name] ?? 15));
    return job !== undefined;
  }
  if (name === 'KILL' || name === 'EXIT') return true;
  if (shell.isFirst) shell.signals.unshift({ atMs: clock.nowMs, name });
  else world.signal(instance, clock.nowMs, name);
  return true;
}

function unescaped(text: string): string {
  const LETTERS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\' };
  return text.replace(/\\([ntr\\])/g, (_, letter: string) => LETTERS[letter] ?? letter);
}
