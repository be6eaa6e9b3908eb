import { parse } from './language/parse';
import { NotScriptable } from './language/syntax';
import type { Streams } from './process';
import { Exit } from './process';
import type { Shell } from './shell';
import { numberOfSignal, signalName } from './signals';

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

/** The commands of the shell that are known here. */
export const BUILTINS: Readonly<Record<string, Builtin>> = {
  ':': () => 0,
  echo: (_, args, { out }) => {
    const flags = /^-[neE]+$/.test(args[0] ?? '') ? (args[0] ?? '') : '';
    const text = args.slice(flags === '' ? 0 : 1).join(' ');
    out(`${flags.includes('e') ? decodeEscapes(text) : text}${flags.includes('n') ? '' : '\n'}`);
    return 0;
  },
  printf: (_, [format = '', ...args], { out }) => {
    let next = 0;
    const print = () =>
      decodeEscapes(format).replace(/%([sd%])/g, (__, kind) =>
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
  set: (shell, args) => {
    const isOption = (arg: string) => /^[-+]([euxf]+|o)$/.test(arg) || arg === 'pipefail';
    const rest = args.findIndex((arg) => !isOption(arg));
    for (const option of rest < 0 ? args : args.slice(0, rest)) {
      if (/^[-+]\w*e/.test(option)) shell.leavesOnFailure = option.startsWith('-');
    }
    if (rest < 0) return 0;
    const words = args.slice(args[rest] === '--' ? rest + 1 : rest);
    if (words[0]?.startsWith('-') && args[rest] !== '--') throw new NotScriptable(`set ${args.join(' ')}`);
    shell.args = [shell.args[0] ?? 'sh', ...words];
    return 0;
  },
  shift: (shell, [count = '1']) => {
    const [own = 'sh', ...rest] = shell.args;
    shell.args = [own, ...rest.slice(Number(count))];
    return 0;
  },
  read: (shell, words, { input }) => {
    if (input.text === '') return 1;
    const [line = '', ...rest] = input.text.split('\n');
    input.text = rest.join('\n');
    const names = words.filter((word) => !word.startsWith('-'));
    const fields = line.trim().split(/\s+/);
    for (const [index, name] of names.entries()) {
      const isLast = index === names.length - 1;
      shell.variables.set(name, (isLast ? fields.slice(index) : fields.slice(index, index + 1)).join(' '));
    }
    return 0;
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
    if (name !== 'EXIT') job?.kill(clock.nowMs, 128 + numberOfSignal(name));
    return job !== undefined;
  }
  if (name === 'KILL' || name === 'EXIT') return true;
  if (shell.isFirst) shell.signals.unshift({ atMs: clock.nowMs, name });
  else world.signal(instance, clock.nowMs, name);
  return true;
}

function decodeEscapes(text: string): string {
  const LETTERS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\' };
  return text.replace(/\\([ntr\\])/g, (_, letter: string) => LETTERS[letter] ?? letter);
}
