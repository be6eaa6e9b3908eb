import type { ContainerProcess, EventOf } from '../event';
import type { CauseId } from '../failureCause';

/** Reason why the stop signal does not end a container well. */
export interface SignalTrouble {
  readonly cause: CauseId;
  /** `PID 1 is sh, which passes no SIGTERM on to node server.js` */
  readonly wrong: string;
  /** `write exec node server.js` */
  readonly right: string;
}

type SeenProcesses = Pick<EventOf<'ProcessesSeen'>, 'processes' | 'stopSignal' | 'isPID1'>;

const SHELLS = ['sh', 'ash', 'bash', 'dash', 'ksh', 'zsh'];
/** Programs that run others by a script, through a shell. */
const PACKAGE_MANAGER = /^(npm|npx|pnpm|yarn|corepack)(?:-cli)?(?:\.[cm]?js)?$/;
/** Inits that pass a signal on to their child, and not to what that has started. */
const INITS = ['tini', 'tini-static', 'docker-init', 'catatonit'];
const SHOWN_ARGS = 60;
const FORWARDS_NOT: CauseId = 'shell-does-not-forward';
const IGNORES: CauseId = 'ignores-stop-signal';
const LATE: CauseId = 'shutdown-longer-than-grace';
const SOONER = 'have it end sooner, or raise terminationGracePeriodSeconds';

/**
 * Tells by a container's processes whether its stop signal will end it well; undefined where nothing speaks against it.
 *
 * A signal goes to the main process alone. As PID 1 of its namespace that one gets none for which it has no handler, so
 * it goes on as if nothing had been sent, until it is killed; any other process ends by it, and so does the container
 * with all that runs in it.
 *
 * Node.js handles SIGTERM by itself to leave the terminal in order, and then does without: of a program without a handler
 * of its own that can be seen only once the signal has been sent. One by `process.once` has gone by then as well.
 *
 * Source: signal(7), pid_namespaces(7); Node.js src/node.cc `SignalExit`.
 */
export function signalTrouble({ processes, stopSignal, isPID1 }: SeenProcesses): SignalTrouble | undefined {
  const [main] = processes;
  if (!main) return undefined;
  const name = programOf(main);
  const chain = chainOf(main, processes);
  const last = chain.at(-1) ?? main;
  const wrong = (text: string) => `${isPID1 ? 'PID 1' : 'the main process'} is ${text}`;

  if (INITS.includes(name) || PACKAGE_MANAGER.test(name)) {
    const deaf = chain.slice(1, -1).find((each) => isShell(each) && !heeds(each, stopSignal));
    if (deaf && heeds(main, stopSignal)) {
      const passes = `passes ${stopSignal} on to ${programOf(deaf)}, which does not pass it on to ${shown(last)}`;
      return { cause: FORWARDS_NOT, wrong: wrong(`${name}, and ${passes}`), right: replacing(last, name) };
    }
  }
  if (INITS.includes(name)) return undefined;
  if (PACKAGE_MANAGER.test(name) && last !== main) {
    const gets = heeds(main, stopSignal) ? `gets ${stopSignal} only if ${name} passes it on` : `gets no ${stopSignal}`;
    const right = `run ${shown(last)} itself`;
    return { cause: FORWARDS_NOT, wrong: wrong(`${name}, and ${shown(last)} ${gets}`), right };
  }
  if (heeds(main, stopSignal)) return undefined;
  if (main.ignores.includes(stopSignal)) {
    const text = `${shown(main)}, which ignores ${stopSignal}`;
    return { cause: IGNORES, wrong: wrong(text), right: 'have it handle that instead' };
  }
  if (isShell(main) && last !== main) {
    const does = isPID1 ? `passes no ${stopSignal} on to` : `ends by ${stopSignal} and tells nothing to`;
    return { cause: FORWARDS_NOT, wrong: wrong(`${name}, which ${does} ${shown(last)}`), right: replacing(last, name) };
  }
  if (!isPID1) return undefined;
  const lacks = `which has no handler for ${stopSignal}, and PID 1 does not end without one`;
  const spent = isNode(main) ? ' (a process.once that has run is none any more)' : '';
  const text = `${isShell(main) ? name : shown(main)}, ${lacks}${spent}`;
  return { cause: IGNORES, wrong: wrong(text), right: handling(main, stopSignal) };
}

/**
 * Returns why a container still ran at the end of its grace period, by its processes after the stop signal: the result
 * of {@link signalTrouble}, or else the remaining reason.
 */
export function whyStillThere(seen: SeenProcesses): SignalTrouble | undefined {
  const trouble = signalTrouble(seen);
  const [main] = seen.processes;
  if (trouble || !main) return trouble;
  const last = chainOf(main, seen.processes).at(-1) ?? main;
  const where = seen.isPID1 ? 'PID 1' : 'the main process';
  if (isShell(main) && last !== main) {
    return {
      cause: FORWARDS_NOT,
      wrong: `${where} is ${programOf(main)}, whose trap for ${seen.stopSignal} waits until ${shown(last)} has ended`,
      right: `start ${shown(last)} with & and wait for it, or write exec ${shown(last)}`,
    };
  }
  const wrong = `${where}, ${shown(main)}, handles ${seen.stopSignal} and had not come to its end`;
  return { cause: LATE, wrong, right: SOONER };
}

/** Returns the same for a container that was about to exit as SIGKILL came. */
export function endsLate(exitCode: number): SignalTrouble {
  return { cause: LATE, wrong: `it was about to end by itself, and exited with ${exitCode}`, right: SOONER };
}

/** Returns it as one sentence. */
export function troubleText({ wrong, right }: Pick<SignalTrouble, 'wrong' | 'right'>): string {
  return `${wrong}: ${right}`;
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

function shown({ args }: ContainerProcess): string {
  return args.length > SHOWN_ARGS ? `${args.slice(0, SHOWN_ARGS - 1).trimEnd()}…` : args;
}

function replacing(last: ContainerProcess, front: string): string {
  const exec = `write exec ${shown(last)}`;
  return PACKAGE_MANAGER.test(front) ? `run ${shown(last)} itself` : exec;
}

function handling(main: ContainerProcess, signal: string): string {
  if (isShell(main)) return `write trap 'exit 0' ${signal.replace(/^SIG/, '')}`;
  return isNode(main)
    ? `close and exit in process.on('${signal}', …)`
    : 'handle it, or put an init such as tini in front';
}
