import { constants } from 'node:os';
import { inspect } from 'node:util';
import { nearest } from '../../manifest/schema/advise';

/** Names of all options. The compiler checks that none is missing. */
export type OptionNames<Options> = { readonly [Name in keyof Required<Options>]: true };

/**
 * Returns the options that were given a value: one that is `undefined` counts as left out.
 *
 * @throws TypeError when there is no such option, because it would be without effect.
 */
export function checkedOptions<Options extends object>(
  where: string,
  given: Options | undefined,
  names: OptionNames<Options>,
): Options {
  if (given === undefined) return {} as Options;
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new TypeError(`${where}: options must be an object, received ${inspect(given)}`);
  refuseUnknown(where, Object.keys(given), Object.keys(names));
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Options;
}

function refuseUnknown(where: string, given: readonly string[], known: readonly string[]): void {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const near = nearest(unknown, known);
  const fix = near
    ? `Did you mean ${JSON.stringify(near)}?`
    : `Valid options: ${known.toSorted().join(', ') || 'none'}`;
  throw new TypeError(`${where}: unknown option ${JSON.stringify(unknown)}. ${fix}`);
}

// Signals of Linux, which the machine of the tests may not have.
const REAL_TIME = /^SIGRT(MIN(\+\d+)?|MAX(-\d+)?)$/;

/**
 * Checks the name of a signal.
 *
 * @throws TypeError if it is not a signal.
 */
export function checkedSignal(where: string, signal: unknown): string {
  const names = Object.keys(constants.signals);
  if (typeof signal === 'string' && (names.includes(signal) || REAL_TIME.test(signal))) return signal;
  const near = typeof signal === 'string' ? nearest(signal, names) : undefined;
  const fix = near ? `. Did you mean ${inspect(near)}?` : '';
  throw new TypeError(`${where}: signal must be a name such as 'SIGTERM', received ${inspect(signal)}${fix}`);
}

/**
 * Checks a command.
 *
 * @throws TypeError if it is not a list of words.
 */
export function checkedCommand(where: string, command: unknown): readonly string[] {
  const isList = Array.isArray(command) && command.length > 0 && command.every((word) => typeof word === 'string');
  if (isList) return command;
  const fix = typeof command === 'string' ? `. Pass ${inspect(command.trim().split(/\s+/))}` : '';
  throw new TypeError(
    `${where}: command must be a list of words such as ['ls', '-l'], received ${inspect(command)}${fix}`,
  );
}
