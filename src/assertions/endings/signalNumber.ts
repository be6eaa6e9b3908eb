/** Signal numbers of Linux on x86 and ARM. Source: man 7 signal. */
const NUMBERS = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGWINCH: 28,
  SIGPWR: 30,
} as const;

const RTMIN = 34;
const RTMAX = 64;
const EXIT_CODE_OF_SIGNAL = 128;

/** Returns the exit code of a process that this signal ended, or undefined if the signal is unknown. */
export function exitCodeOfSignal(signal: string): number | undefined {
  const [, base, offset = '0'] = /^SIGRT(MIN|MAX)([+-]\d+)?$/.exec(signal) ?? [];
  const realTime = base && (base === 'MIN' ? RTMIN : RTMAX) + Number(offset);
  const number = Object.hasOwn(NUMBERS, signal) ? NUMBERS[signal as keyof typeof NUMBERS] : realTime;
  return number ? EXIT_CODE_OF_SIGNAL + number : undefined;
}
