import type { SignalTrouble } from '../timeline/history/signalTrouble';
import { putIntoWords, type Words } from './facts/words';

const SHOWN_ARGS = 60;

/** Returns why the stop signal does not end a container well, and what to do: `PID 1 is …: write exec node server.js`. */
export function formatSignalTrouble(trouble: SignalTrouble): string {
  return `${formatSignalCause(trouble)}: ${formatSignalFix(trouble)}`;
}

/** Returns `PID 1 is sh, which passes no SIGTERM on to node server.js`. */
export function formatSignalCause(trouble: SignalTrouble): string {
  return putIntoWords(CAUSES, trouble);
}

/** Returns `write exec node server.js`. */
export function formatSignalFix(trouble: SignalTrouble): string {
  return putIntoWords(FIXES, trouble);
}

const CAUSES: Words<SignalTrouble> = {
  shellBehind: ({ isPID1, main, shell, program, signal }) =>
    `${where(isPID1)} is ${main}, and passes ${signal} on to ${shell}, which does not pass it on to ${shown(program)}`,
  packageManager: ({ isPID1, main, program, signal, handlesSignal }) => {
    const gets = handlesSignal ? `gets ${signal} only if ${main} passes it on` : `gets no ${signal}`;
    return `${where(isPID1)} is ${main}, and ${shown(program)} ${gets}`;
  },
  shell: ({ isPID1, main, program, signal }) => {
    const does = isPID1 ? `passes no ${signal} on to` : `ends by ${signal} and tells nothing to`;
    return `${where(isPID1)} is ${main}, which ${does} ${shown(program)}`;
  },
  trap: ({ isPID1, main, program, signal }) =>
    `${where(isPID1)} is ${main}, whose trap for ${signal} waits until ${shown(program)} has ended`,
  ignored: ({ isPID1, program, signal }) => `${where(isPID1)} is ${shown(program)}, which ignores ${signal}`,
  noHandler: ({ isPID1, program, signal, runtime }) => {
    const spent = runtime === 'node' ? ' (a process.once that has run is none any more)' : '';
    return `${where(isPID1)} is ${shown(program)}, which has no handler for ${signal}, and PID 1 does not end without one${spent}`;
  },
  slow: ({ isPID1, program, signal }) =>
    `${where(isPID1)}, ${shown(program)}, handles ${signal} and had not come to its end`,
  late: ({ exitCode }) => `it was about to end by itself, and exited with ${exitCode}`,
};

const SOONER = 'have it end sooner, or raise terminationGracePeriodSeconds';

const FIXES: Words<SignalTrouble> = {
  shellBehind: ({ isPackageManager, program }) => (isPackageManager ? runItself(program) : exec(program)),
  packageManager: ({ program }) => runItself(program),
  shell: ({ program }) => exec(program),
  trap: ({ program }) => `start ${shown(program)} with & and wait for it, or ${exec(program)}`,
  ignored: 'have it handle that instead',
  noHandler: ({ signal, runtime }) => {
    if (runtime === 'shell') return `write trap 'exit 0' ${signal.replace(/^SIG/, '')}`;
    return runtime === 'node'
      ? `close and exit in process.on('${signal}', …)`
      : 'handle it, or put an init such as tini in front';
  },
  slow: SOONER,
  late: SOONER,
};

function where(isPID1: boolean): string {
  return isPID1 ? 'PID 1' : 'the main process';
}

function exec(program: string): string {
  return `write exec ${shown(program)}`;
}

function runItself(program: string): string {
  return `run ${shown(program)} itself`;
}

function shown(args: string): string {
  return args.length > SHOWN_ARGS ? `${args.slice(0, SHOWN_ARGS - 1).trimEnd()}…` : args;
}
