import type { SignalTrouble } from '../timeline/history/signalTrouble';
import { formatFrom, type Words } from './message';

const SHOWN_ARGS = 60;

/** Returns why the stop signal does not end a container well, and the fix: `sh (PID 1) does not …. Start node with exec: …`. */
export function formatSignalTrouble(trouble: SignalTrouble): string {
  return `${formatSignalCause(trouble)}. ${formatSignalFix(trouble)}`;
}

/** Returns `sh (PID 1) does not forward SIGTERM to node server.js`. */
export function formatSignalCause(trouble: SignalTrouble): string {
  return formatFrom(CAUSES, trouble);
}

/** Returns `Start node with exec: exec node server.js`. */
export function formatSignalFix(trouble: SignalTrouble): string {
  return formatFrom(FIXES, trouble);
}

const CAUSES: Words<SignalTrouble> = {
  shellBehind: ({ isPID1, main, shell, program, signal }) =>
    `${formatMain(main, isPID1)} forwards ${signal} to ${shell}, which does not forward it to ${shorten(program)}`,
  packageManager: ({ isPID1, main, program, signal, handlesSignal }) =>
    handlesSignal
      ? `${shorten(program)} gets ${signal} only if ${formatMain(main, isPID1)} forwards it`
      : `${formatMain(main, isPID1)} does not forward ${signal} to ${shorten(program)}`,
  shell: ({ isPID1, main, program, signal }) =>
    `${formatMain(main, isPID1)} ${isPID1 ? 'does' : `exits on ${signal} and does`} not forward ${isPID1 ? signal : 'it'} to ${shorten(program)}`,
  trap: ({ isPID1, main, program, signal }) =>
    `${formatMain(main, isPID1)} runs its trap for ${signal} only after ${shorten(program)} exits`,
  ignored: ({ isPID1, program, signal }) => `${formatMain(shorten(program), isPID1)} ignores ${signal}`,
  noHandler: ({ isPID1, program, signal, runtime }) => {
    const once = runtime === 'node' ? ' (a process.once handler runs only once)' : '';
    return `${formatMain(shorten(program), isPID1)} has no handler for ${signal}, and PID 1 does not exit without one${once}`;
  },
  slow: ({ isPID1, program, signal }) =>
    `${formatMain(shorten(program), isPID1)} handles ${signal} but was still running`,
  late: ({ exitCode }) => `it exited with ${exitCode} just before SIGKILL`,
};

const SHUT_DOWN_FASTER = 'Shut down faster, or raise terminationGracePeriodSeconds';

const FIXES: Words<SignalTrouble> = {
  shellBehind: ({ isPackageManager, program }) => (isPackageManager ? runDirectly(program) : useExec(program)),
  packageManager: ({ program }) => runDirectly(program),
  shell: ({ program }) => useExec(program),
  trap: ({ program }) => `Start ${shorten(program)} with & and wait for it, or use exec: exec ${shorten(program)}`,
  ignored: ({ signal }) => `Handle ${signal} instead`,
  noHandler: ({ signal, runtime }) => {
    if (runtime === 'shell') return `Add trap 'exit 0' ${signal.replace(/^SIG/, '')}`;
    return runtime === 'node'
      ? `Close and exit in process.on('${signal}', …)`
      : `Handle ${signal}, or start the program with an init such as tini`;
  },
  slow: SHUT_DOWN_FASTER,
  late: SHUT_DOWN_FASTER,
};

/** Returns `sh (PID 1)`. */
function formatMain(program: string, isPID1: boolean): string {
  return `${program} (${isPID1 ? 'PID 1' : 'the main process'})`;
}

function useExec(program: string): string {
  return `Start ${program.split(' ')[0]} with exec: exec ${shorten(program)}`;
}

function runDirectly(program: string): string {
  return `Run ${shorten(program)} directly`;
}

function shorten(args: string): string {
  return args.length > SHOWN_ARGS ? `${args.slice(0, SHOWN_ARGS - 1).trimEnd()}…` : args;
}
