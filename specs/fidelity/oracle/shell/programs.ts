import { exists, isFolder, makeFolder, readFile, removeFile, writeFile } from './files';
import { NotScriptable } from './language/syntax';
import { OutOfMemory, type Process, type Streams, sleep } from './process';
import { test } from './test';

/** A program of busybox, from its arguments to its exit code. */
export type Program = (args: readonly string[], process: Process, streams: Streams) => number;

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Returns the duration of `sleep`, also for `infinity`. */
function sleepMs(args: readonly string[]): number {
  return args.reduce((ms, arg) => {
    if (/^inf/.test(arg)) return Number.POSITIVE_INFINITY;
    const [, amount, unit = 's'] = /^(\d*\.?\d+)([smhd])?$/.exec(arg) ?? [];
    if (amount === undefined) throw new NotScriptable(`sleep ${arg}`);
    return ms + Number(amount) * (UNITS[unit] ?? 1) * 1000;
  }, 0);
}

const flagsOf = (args: readonly string[]) => args.filter((arg) => /^-./.test(arg)).join('');
const namesOf = (args: readonly string[]) => args.filter((arg) => !/^-./.test(arg));

/** Returns the text of the named files or of the input, with an error for each missing file. */
function textOf(program: string, names: readonly string[], process: Process, { input, error }: Streams) {
  if (names.length === 0) return { text: taken(input), code: 0 };
  let code = 0;
  let text = '';
  for (const name of names) {
    const content = name === '-' ? taken(input) : readFile(process, name);
    if (content !== undefined) text += content;
    else {
      code = 1;
      const why = isFolder(process, name) ? 'read error: Is a directory' : 'No such file or directory';
      error(`${program}: can't open '${name}': ${why}\n`);
    }
  }
  return { text, code };
}

/** Reads all that is left of an input. */
function taken(input: Streams['input']): string {
  const { text } = input;
  input.text = '';
  return text;
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
const asText = (lines: readonly string[]): string => (lines.length === 0 ? '' : `${lines.join('\n')}\n`);

/** Parses `-n 3`, `-n3` and `-3` of head and tail, and returns the other arguments. */
function countOf(args: readonly string[]): { readonly count: number; readonly rest: readonly string[] } {
  const rest: string[] = [];
  let count = 10;
  for (let index = 0; index < args.length; index += 1) {
    const [, attached] = /^-n?(\d+)$/.exec(args[index] ?? '') ?? [];
    if (attached !== undefined) count = Number(attached);
    else if (args[index] === '-n') {
      index += 1;
      count = Number(args[index]);
    } else rest.push(args[index] ?? '');
  }
  return { count, rest };
}

/** Stands for more zeros than a container has memory. */
const ZEROS = '\u0000';

/** Ends the process as OOMKilled, because it keeps an endless input of zeros. */
function fillMemory(process: Process): never {
  if (process.memoryLimit === undefined)
    throw new NotScriptable('a program that fills the memory of a container without a limit');
  throw new OutOfMemory();
}

function change(program: string, make: typeof makeFolder, what: string): Program {
  return (args, process, { error }) => {
    let code = 0;
    for (const name of namesOf(args)) {
      const why = make(process, name);
      if (why === undefined) continue;
      code = 1;
      error(`${program}: ${what} '${name}': ${why}\n`);
    }
    return code;
  };
}

/** The programs of busybox that are known here. */
const PROGRAMS: Readonly<Record<string, Program>> = {
  true: () => 0,
  false: () => 1,
  sleep: (args, process) => {
    sleep(process, sleepMs(args));
    return 0;
  },
  cat: (args, process, streams) => {
    const { text, code } = textOf('cat', namesOf(args), process, streams);
    streams.out(text);
    return code;
  },
  touch: (args, process, { error }) => {
    let code = 0;
    for (const name of namesOf(args)) {
      if (exists(process, name)) continue;
      const why = writeFile(process, name, '');
      if (why === undefined) continue;
      code = 1;
      error(`touch: ${name}: ${why === 'nonexistent directory' ? 'No such file or directory' : why}\n`);
    }
    return code;
  },
  rm: (args, process, { error }) => {
    let code = 0;
    for (const name of namesOf(args)) {
      if (exists(process, name)) removeFile(process, name);
      else if (!flagsOf(args).includes('f')) {
        code = 1;
        error(`rm: can't remove '${name}': No such file or directory\n`);
      }
    }
    return code;
  },
  mkdir: (args, process, streams) => {
    const names = flagsOf(args).includes('p') ? args.filter((name) => !exists(process, name)) : args;
    return change('mkdir', makeFolder, "can't create directory")(names, process, streams);
  },
  wc: (args, process, streams) => {
    const names = namesOf(args);
    const { text, code } = textOf('wc', names, process, streams);
    const counts = {
      l: text.split('\n').length - 1,
      w: text.split(/\s+/).filter(Boolean).length,
      c: Buffer.byteLength(text),
    };
    const wanted = (['l', 'w', 'c'] as const).filter((flag) => flagsOf(args) === '' || flagsOf(args).includes(flag));
    streams.out(`${[...wanted.map((flag) => counts[flag]), ...names].join(' ')}\n`);
    return code;
  },
  head: (args, process, streams) => {
    const { count, rest } = countOf(args);
    if (rest.includes('-c')) {
      if (!rest.includes('/dev/zero')) return unknownArguments('head', args);
      streams.out(ZEROS);
      return 0;
    }
    const { text, code } = textOf('head', rest, process, streams);
    streams.out(asText(linesOf(text).slice(0, count)));
    return code;
  },
  tail: (args, process, streams) => {
    if (args.includes('/dev/zero')) return fillMemory(process);
    const { count, rest } = countOf(args);
    const { text, code } = textOf('tail', namesOf(rest), process, streams);
    if (text.includes(ZEROS)) return fillMemory(process);
    streams.out(asText(linesOf(text).slice(-count)));
    if (/[fF]/.test(flagsOf(rest)) && code === 0) sleep(process, Number.POSITIVE_INFINITY);
    return code;
  },
  grep: (args, process, streams) => {
    const flags = flagsOf(args);
    if (/[^-qvicE]/.test(flags)) return unknownArguments('grep', args);
    const [pattern = '', ...names] = namesOf(args);
    const { text, code } = textOf('grep', names, process, streams);
    const expression = new RegExp(pattern, flags.includes('i') ? 'i' : '');
    const found = linesOf(text).filter((line) => expression.test(line) !== flags.includes('v'));
    if (flags.includes('c')) streams.out(`${found.length}\n`);
    else if (!flags.includes('q')) streams.out(asText(found));
    return code === 1 ? 2 : found.length > 0 ? 0 : 1;
  },
  seq: (args, _, { out }) => {
    const numbers = args.map(Number);
    const [first, step, last] =
      numbers.length === 1 ? [1, 1, numbers[0]] : numbers.length === 2 ? [numbers[0], 1, numbers[1]] : numbers;
    for (let value = first ?? 1; value <= (last ?? 0); value += step ?? 1) out(`${value}\n`);
    return 0;
  },
  date: (args, { clock }, { out }) => {
    if (args[0] !== '+%s') return unknownArguments('date', args);
    out(`${Math.floor((EPOCH_MS + clock.nowMs) / 1000)}\n`);
    return 0;
  },
  hostname: (_, { hostname }, { out }) => {
    out(`${hostname}\n`);
    return 0;
  },
  ls: (args, process, { out, error }) => {
    let code = 0;
    for (const name of namesOf(args)) {
      if (readFile(process, name) !== undefined) out(`${name}\n`);
      else if (isFolder(process, name)) throw new NotScriptable('ls of a folder');
      else {
        code = 1;
        error(`ls: ${name}: No such file or directory\n`);
      }
    }
    return code;
  },
  sync: () => 0,
  usleep: ([micro = '0'], process) => {
    sleep(process, Number(micro) / 1000);
    return 0;
  },
  mv: (args, process, { error }) => {
    const [from = '', to = ''] = namesOf(args);
    const text = readFile(process, from);
    const why = text === undefined ? 'No such file or directory' : writeFile(process, to, text);
    if (why === undefined) removeFile(process, from);
    else error(`mv: can't rename '${from}': ${why}\n`);
    return why === undefined ? 0 : 1;
  },
  cp: (args, process, { error }) => {
    const [from = '', to = ''] = namesOf(args);
    const text = readFile(process, from);
    const why = text === undefined ? 'No such file or directory' : writeFile(process, to, text);
    if (why !== undefined) error(`cp: can't stat '${from}': ${why}\n`);
    return why === undefined ? 0 : 1;
  },
  dd: (args, process) => {
    const given = Object.fromEntries(args.map((arg) => arg.split('=')));
    // A file in memory counts as memory of the container, and is larger than that here.
    if (given.if === '/dev/zero' && /^\/dev\/shm\//.test(given.of ?? '')) return fillMemory(process);
    return unknownArguments('dd', args);
  },
  test: (args, process) => test(process, args),
  '[': (args, process) => test(process, args.slice(0, -1)),
};

/** When the pod was created, by the clock of its node. */
const EPOCH_MS = Date.UTC(2025, 0, 1);

function unknownArguments(program: string, args: readonly string[]): never {
  throw new NotScriptable(`${program} ${args.join(' ')}`);
}

/** Programs of busybox that are not known here. */
const OTHERS =
  'awk base64 basename chmod chown cut dirname du df egrep env expr find fold httpd id ip kill killall less ln md5sum ' +
  'mkfifo mktemp nc netstat nohup nproc nslookup od pgrep pidof ping pkill printenv ps pwd readlink realpath sed sha256sum ' +
  'sort split stat stty su tac tar tee telnet time timeout top tr traceroute tty uname uniq uptime vi watch wget which ' +
  'whoami xargs yes';

/** Throws if busybox has the program and this shell does not; otherwise there is none. */
export function refuseOther(program: string): void {
  const name = program.replace(/^\/(usr\/)?s?bin\//, '');
  if (OTHERS.split(' ').includes(name)) throw new NotScriptable(`${name} is not interpreted`);
}

/** Returns the program with this name or path, or undefined if it does not exist. */
export function programOf(name: string): Program | undefined {
  const short = name.replace(/^\/(usr\/)?s?bin\//, '');
  return Object.hasOwn(PROGRAMS, short) ? PROGRAMS[short] : undefined;
}
