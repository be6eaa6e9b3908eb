import { NotScriptable } from './language/syntax';

/** A signal to a process. */
export interface Signal {
  readonly atMs: number;
  readonly name: string;
}

/** The numbers of the signals that commands of a pod send. */
const NUMBERS: Readonly<Record<string, number>> = { HUP: 1, INT: 2, QUIT: 3, KILL: 9, USR1: 10, USR2: 12, TERM: 15 };

export function numberOfSignal(name: string): number {
  const number = NUMBERS[name];
  if (number === undefined) throw new NotScriptable(`signal ${name}`);
  return number;
}

/** Returns the name of a signal, such as `TERM` for SIGTERM and 15, or `EXIT` for the end of the shell. */
export function signalName(text: string): string {
  if (!/^\d+$/.test(text)) return text.toUpperCase().replace(/^SIG/, '');
  if (Number(text) === 0) return 'EXIT';
  const name = Object.keys(NUMBERS).find((each) => NUMBERS[each] === Number(text));
  if (name === undefined) throw new NotScriptable(`signal ${text}`);
  return name;
}
