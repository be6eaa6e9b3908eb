import { makeEnvironmentVariables } from '../../../../src/manifest/config/environment';
import type { Container, Pod } from '../../../../src/manifest/model';
import { expand } from '../../../../src/manifest/values/expansion';
import { parseQuantity } from '../../../../src/manifest/values/quantity';
import type { ScriptEntry } from '../../../../src/runtime/scripted/script';
import { Place } from '../shell/place';
import { Ended, Exit, OutOfMemory, type Process, type Streams } from '../shell/process';
import { programOf } from '../shell/programs';
import { Shell } from '../shell/shell';
import type { World } from '../shell/world';
import { type HandlerType, handlersOf } from './handlers';
import type { RunOf } from './instances';
import type { Playing } from './script';

const NODE = { nodeName: 'n1', hostIP: '', podIP: '', allocatable: { cpu: '2', memory: '8Gi' } };
const IS_SHELL = /^(\/(usr\/)?bin\/)?(sh|ash|busybox)$/;

/** A container of a pod as its commands find it. */
export interface Host extends Playing {
  readonly pod: Pod;
  readonly container: Container;
}

/** Returns true if a container has a program with this name. */
export function hasProgram(name: string): boolean {
  return IS_SHELL.test(name) || programOf(name) !== undefined;
}

/** Returns the script of one run of a command line, with its output and its exit. */
export function commandScript(argv: readonly string[], host: Host, run: RunOf, world: World): ScriptEntry[] {
  const entries: ScriptEntry[] = [{ at: '0s', onTerm: { ignore: !host.pod.spec.shareProcessNamespace } }];
  const at = (atMs: number) => `${Math.max(Math.round((atMs - run.startedMs) * 1000) / 1000, 0)}ms`;
  const print = lineWriter((line, atMs) => entries.push({ at: at(atMs), stdout: `${line}\n` }));
  const process: Process = {
    ...processOf(host, run, world, instanceOf(run), print),
    onChildKilled: (atMs) => entries.push({ at: at(atMs), oomKill: 'child' }),
  };
  world.begin(process.owner);
  const streams = {
    input: { text: '' },
    out: (text: string) => print(text, process.clock.nowMs),
    error: (text: string) => print(text, process.clock.nowMs),
  };
  try {
    const signals = [...run.stopSignals, ...world.signalsTo(process.instance)];
    const shell = new Shell(process, { isFirst: !host.pod.spec.shareProcessNamespace, signals });
    const code = runFirst(shell, argv, streams);
    entries.push({ at: at(process.clock.nowMs), exit: code });
  } catch (error) {
    if (error instanceof OutOfMemory) entries.push({ at: at(process.clock.nowMs), oomKill: 'main' });
    else if (!(error instanceof Ended)) throw error;
  }
  return [...entries, ...terminationMessages(run, world, process, at)];
}

/** Runs the first process of a container: a shell, or another program. */
function runFirst(shell: Shell, [name = '', ...args]: readonly string[], streams: Streams): number {
  try {
    return shell.replace(name, args, streams);
  } catch (error) {
    if (error instanceof Exit) return error.code;
    throw error;
  }
}

/** Returns the results of probe and hook commands in a container, with an entry for each change. */
export function handlerScript(host: Host, run: RunOf, world: World): ScriptEntry[] {
  const environment = environmentOf(host);
  const commands = handlersOf(host.container).flatMap(({ type, handler }) => {
    const argv = handler.exec?.command && expand(handler.exec.command, environment);
    return argv ? [{ type, argv, isWriter: isWriter(argv) }] : [];
  });
  // Commands that only read see the files that other commands write.
  const writers = commands.filter(({ isWriter: writes }) => writes).flatMap((each) => attempts(each, host, run, world));
  const readers = commands.filter(({ isWriter: writes }) => !writes).map(({ argv }) => argv);
  return [...writers, ...changes(readers, host, run, world)];
}

/** Returns true if a command may change files, so that its result depends on the number of its runs. */
function isWriter(argv: readonly string[]): boolean {
  const line = argv.join(' ').replace(/\d?>+ *(\/dev\/null|\/proc\/1\/fd\/\d|&\d)/g, '');
  return />|(^|[\s;&|({/])(touch|rm|mkdir|mv|cp|kill)\s/.test(line);
}

/** Returns the results of a command that changes files: an entry before each known attempt, and one more. */
function attempts(
  { type, argv }: { readonly type: HandlerType; readonly argv: readonly string[] },
  host: Host,
  run: RunOf,
  world: World,
): ScriptEntry[] {
  const known = run.commands.filter(({ handler }) => handler === type).map(({ atMs }) => atMs);
  const last = known.at(-1) ?? run.startedMs - 1;
  return [...known, last + 1].map((atMs, index) => {
    const isKnown = index < known.length;
    const result = resultOf(
      argv,
      host,
      { ...run, startedMs: atMs },
      isKnown ? world : world.fork(),
      `${type} ${index}`,
    );
    const fromMs = index === 0 ? run.startedMs : (known[index - 1] ?? run.startedMs) + 1;
    return { at: `${fromMs - run.startedMs}ms`, exec: { [argv.join(' ')]: result } };
  });
}

function changes(commands: readonly (readonly string[])[], host: Host, run: RunOf, world: World): ScriptEntry[] {
  if (commands.length === 0) return [];
  const entries: ScriptEntry[] = [];
  const known = new Map<string, string>();
  for (const atMs of [run.startedMs, ...world.changesSince(run.startedMs, run.endedMs ?? Number.POSITIVE_INFINITY)]) {
    for (const argv of commands) {
      const result = resultOf(argv, host, { ...run, startedMs: atMs }, world.fork());
      const line = argv.join(' ');
      if (known.get(line) === JSON.stringify(result)) continue;
      known.set(line, JSON.stringify(result));
      entries.push({ at: `${atMs - run.startedMs}ms`, exec: { [line]: result } });
    }
  }
  return entries;
}

type ExecResult = NonNullable<ScriptEntry['exec']>[string];

/** Runs a command in a container, beginning at the start of `run`. */
function resultOf(argv: readonly string[], host: Host, run: RunOf, world: World, which = 'exec'): ExecResult {
  const [name = '', ...args] = argv;
  if (!hasProgram(name)) return { missing: true };
  let [stdout, stderr] = ['', ''];
  const process = processOf(host, run, world, `${which} in ${instanceOf(run)}`, () => {});
  world.begin(process.owner);
  const streams = {
    input: { text: '' },
    out: (text: string) => (stdout += text),
    error: (text: string) => (stderr += text),
  };
  const outcome = (code: number | undefined): ExecResult => ({
    code: code ?? 0,
    takes: code === undefined ? 'forever' : `${EXEC_MS + process.clock.nowMs - run.startedMs}ms`,
    ...(stdout === '' ? {} : { stdout }),
    ...(stderr === '' ? {} : { stderr }),
  });
  try {
    return outcome(
      new Shell(process).runCommand({ kind: 'simple', assigns: [], words: wordsOf([name, ...args]) }, streams),
    );
  } catch (error) {
    if (error instanceof Ended) return outcome(undefined);
    throw error;
  }
}

const wordsOf = (argv: readonly string[]) => argv.map((text) => [{ kind: 'text', text, isQuoted: true } as const]);

function terminationMessages(run: RunOf, world: World, process: Process, at: (atMs: number) => string): ScriptEntry[] {
  const path = process.place.terminationLog;
  const file = process.place.fileAt(path);
  return world.changesSince(run.startedMs - 1, Number.POSITIVE_INFINITY).flatMap((atMs) => {
    const text = world.read(file, atMs);
    return text === undefined ? [] : [{ at: at(atMs), writeFile: { [path]: text } }];
  });
}

function instanceOf({ container, run }: RunOf): string {
  return `${container}#${run}`;
}

function environmentOf({ pod, container, kubernetesVersion }: Host): Readonly<Record<string, string>> {
  const around = { pod, config: { configMaps: {}, secrets: {} }, node: NODE, kubernetesVersion };
  const variables = makeEnvironmentVariables(container, around);
  return 'error' in variables ? {} : variables.value;
}

function processOf(host: Host, run: RunOf, world: World, owner: string, log: Process['log']): Process {
  const { container, pod } = host;
  const memory = container.resources?.limits?.memory;
  const limit = memory === undefined ? undefined : parseQuantity(String(memory));
  return {
    world,
    place: new Place(container, pod.spec, instanceOf(run)),
    instance: instanceOf(run),
    owner,
    environment: { PATH: '/bin', HOSTNAME: pod.metadata.name, ...environmentOf(host) },
    hostname: pod.metadata.name,
    log,
    clock: { nowMs: run.startedMs + LOADING_MS },
    untilMs: run.endedMs ?? host.endMs + AFTER_THE_END_MS,
    memoryLimit: limit && Number(limit.nanos / 1_000_000_000n),
    onChildKilled: () => {},
  };
}

/** The time in which the runtime starts a command in a container. */
const EXEC_MS = 60;
/** A process is loaded before it does anything. */
const LOADING_MS = 5;
/** So much later than the end a command may come back, and is still known to. */
const AFTER_THE_END_MS = 60_000;

/** Gathers what is written to whole lines: a script writes no less. */
function lineWriter(write: (line: string, atMs: number) => void): Process['log'] {
  let rest = '';
  return (text, atMs) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) write(line, atMs);
  };
}
