import type { ContainerProcess, EventOf } from '../event';
import type { CauseId } from '../failureCause';

/** The signal, and whether the main process is PID 1 of its namespace. */
interface StopSignal {
  readonly cause: CauseId;
  readonly signal: string;
  readonly isPID1: boolean;
}

/** Reason why the stop signal does not end a container well. `program` is a command line, `main` and `shell` are names. */
export type SignalTrouble =
  /** The main process forwards the signal to a shell, which does not forward it. */
  | (StopSignal & {
      readonly kind: 'shellBehind';
      readonly main: string;
      readonly isPackageManager: boolean;
      readonly shell: string;
      readonly program: string;
    })
  | (StopSignal & {
      readonly kind: 'packageManager';
      readonly main: string;
      readonly handlesSignal: boolean;
      readonly program: string;
    })
  | (StopSignal & { readonly kind: 'shell'; readonly main: string; readonly program: string })
  /** The trap of the shell waits until the program exits. */
  | (StopSignal & { readonly kind: 'trap'; readonly main: string; readonly program: string })
  | (StopSignal & { readonly kind: 'ignored'; readonly program: string })
  | (StopSignal & {
      readonly kind: 'noHandler';
      readonly program: string;
      readonly runtime: 'shell' | 'node' | 'other';
    })
  | (StopSignal & { readonly kind: 'slow'; readonly program: string })
  /** The container was about to exit as SIGKILL came. */
  | { readonly kind: 'late'; readonly cause: CauseId; readonly exitCode: number };

type SeenProcesses = Pick<EventOf<'ProcessesSeen'>, 'processes' | 'stopSignal' | 'isPID1'>;

const SHELLS = ['sh', 'ash', 'bash', 'dash', 'ksh', 'zsh'];
/** Programs that run others by a script, through a shell. */
const PACKAGE_MANAGER = /^(npm|npx|pnpm|yarn|corepack)(?:-cli)?(?:\.[cm]?js)?$/;
/** Inits that pass a signal on to their child, and not to what that has started. */
const INITS = ['tini', 'tini-static', 'docker-init', 'catatonit'];
const FORWARDS_NOT: CauseId = 'shell-does-not-forward';
const IGNORES: CauseId = 'ignores-stop-signal';
const LATE: CauseId = 'shutdown-longer-than-grace';

/**
 * Returns why the stop signal will not end a container well, by its processes, or undefined if nothing speaks against it.
 * The signal goes only to the main process, which as PID 1 gets no signal without a handler.
 *
 * Source: signal(7), pid_namespaces(7); Node.js src/node.cc `SignalExit`.
 */
export function signalTrouble({ processes, stopSignal, isPID1 }: SeenProcesses): SignalTrouble | undefined {
  const [main] = processes;
  if (!main) return undefined;
  const name = programOf(main);
  const chain = chainOf(main, processes);
  const last = chain.at(-1) ?? main;
  const about = { signal: stopSignal, isPID1 };
  const isPackageManager = PACKAGE_MANAGER.test(name);

  if (INITS.includes(name) || isPackageManager) {
    const deaf = chain.slice(1, -1).find((each) => isShell(each) && !heeds(each, stopSignal));
    if (deaf && heeds(main, stopSignal)) {
      const behind = { isPackageManager, shell: programOf(deaf), program: last.args };
      return { kind: 'shellBehind', cause: FORWARDS_NOT, main: name, ...behind, ...about };
    }
  }
  if (INITS.includes(name)) return undefined;
  if (isPackageManager && last !== main) {
    const handlesSignal = heeds(main, stopSignal);
    return { kind: 'packageManager', cause: FORWARDS_NOT, main: name, handlesSignal, program: last.args, ...about };
  }
  if (heeds(main, stopSignal)) return undefined;
  if (main.ignores.includes(stopSignal)) return { kind: 'ignored', cause: IGNORES, program: main.args, ...about };
  if (isShell(main) && last !== main) {
    return { kind: 'shell', cause: FORWARDS_NOT, main: name, program: last.args, ...about };
  }
  // Any other process exits on a signal without a handler, and its container with it.
  if (!isPID1) return undefined;
  if (isShell(main)) return { kind: 'noHandler', cause: IGNORES, program: name, runtime: 'shell', ...about };
  // Node.js removes its own handler, and those of process.once, at the first signal, so only then a missing one shows.
  const runtime = isNode(main) ? 'node' : 'other';
  return { kind: 'noHandler', cause: IGNORES, program: main.args, runtime, ...about };
}

/**
 * Returns why a container still ran at the end of its grace period, by its processes after the stop signal: the result
 * of {@link signalTrouble}, or else the remaining reason.
 */
export function explainStillRunning(seen: SeenProcesses): SignalTrouble | undefined {
  const trouble = signalTrouble(seen);
  const [main] = seen.processes;
  if (trouble || !main) return trouble;
  const last = chainOf(main, seen.processes).at(-1) ?? main;
  const about = { signal: seen.stopSignal, isPID1: seen.isPID1 };
  if (isShell(main) && last !== main) {
    return { kind: 'trap', cause: FORWARDS_NOT, main: programOf(main), program: last.args, ...about };
  }
  return { kind: 'slow', cause: LATE, program: main.args, ...about };
}

/** Returns the same for a container that was about to exit as SIGKILL came. */
export function endsLate(exitCode: number): SignalTrouble {
  return { kind: 'late', cause: LATE, exitCode };
}

/**
 * Returns the processes from the main one through shells, inits and package managers to the program that they start.
 */
function chainOf(main: ContainerProcess, processes: readonly ContainerProcess[]): readonly ContainerProcess[] {
  const chain = [main];
  for (let last = main; isInFront(last); ) {
    const child = processes.find(({ ppid }) => ppid === last.pid);
    if (!child || chain.includes(child)) break;
    chain.push(child);
    last = child;
  }
  return chain;
}

function isInFront(process: ContainerProcess): boolean {
  const name = programOf(process);
  return isShell(process) || INITS.includes(name) || PACKAGE_MANAGER.test(name);
}

function isShell(process: ContainerProcess): boolean {
  return SHELLS.includes(programOf(process));
}

/** Returns whether a process handles a signal. A blocked one is handled by sigwait, or by a signalfd. */
function heeds({ catches, blocks }: ContainerProcess, signal: string): boolean {
  return catches.includes(signal) || blocks.includes(signal);
}

/**
 * Returns `sh` for `/bin/sh -c …`, `busybox sh` and `-sh`; `npm` for `node /usr/lib/node_modules/npm/bin/npm-cli.js
 * start`.
 */
function programOf({ args }: ContainerProcess): string {
  const [first = '', ...rest] = args.split(' ').map((word) => word.slice(word.lastIndexOf('/') + 1));
  const name = first.replace(/^-/, '');
  if (name === 'busybox') return rest[0] ?? name;
  if (name !== 'node' && name !== 'nodejs') return name;
  const script = rest.find((word) => !word.startsWith('-')) ?? '';
  return PACKAGE_MANAGER.exec(script)?.[1] ?? name;
}

function isNode(process: ContainerProcess): boolean {
  return ['node', 'nodejs'].includes(programOf(process));
}
