import { constants } from 'node:os';

/** Returns the usual name of a signal, `SIGQUIT`. An image may also write it as `QUIT` or `3`. */
export function signalName(written: string): string {
  const byNumber = Object.entries(constants.signals).find(([, number]) => String(number) === written);
  if (byNumber) return byNumber[0];
  const name = written.toUpperCase();
  return name.startsWith('SIG') || /^\d/.test(name) ? name : `SIG${name}`;
}
