import { inspect } from 'node:util';
import { closest, distance } from 'fastest-levenshtein';
import { containersOf, type Pod } from '../../../src/manifest/model';
import { Misuse } from './misuse';

/** Returns the problem with the value of an option, as a sentence that names it, or undefined if it is valid. */
export type ArgumentCheck = (value: unknown, name: string, pod?: Pod) => string | undefined;

/** Check of each option of a matcher. */
export type Checks<Options> = { readonly [Name in keyof Required<Options>]: ArgumentCheck };

interface Signature<Options> {
  readonly leading?: readonly (keyof Options & string)[];
  readonly checks: Checks<Options>;
  readonly misfit?: (options: Options, pod: Pod) => string | undefined;
}

/** Longest distance of a mistyped name from the name that it stands for. */
const TYPOS_MAX = 2;

/**
 * Returns the options that a matcher was called with, its positional arguments included.
 *
 * @throws Misuse if an option is unknown or its value is invalid: the matcher would check nothing.
 */
export function optionsFrom<Options extends object>(
  args: readonly unknown[],
  { leading = [], checks, misfit }: Signature<Options>,
  pod: Pod,
): Options {
  const names: readonly string[] = leading;
  const { [names.length]: named = {}, length } = args;
  if (length > names.length + 1) throw new Misuse(`too many arguments after ${inspect(named)}`);
  if (!isOptions(named)) throw new Misuse(mustBe('options', "an object such as { within: '30s' }", named));
  const options: Record<string, unknown> = { ...named };
  for (const [index, name] of names.entries()) options[name] = args[index];
  const problem = problemIn(options, '', { checks, pod, leading }) ?? misfit?.(options as Options, pod);
  if (problem !== undefined) throw new Misuse(problem);
  return options as Options;
}

interface Parts<Options> {
  readonly checks: Checks<Options>;
  readonly pod?: Pod | undefined;
  readonly leading?: readonly string[];
}

/** Returns the problem with an object of options, or undefined if it is valid. The name is empty for a matcher's own options. */
export function problemIn<Options>(
  value: unknown,
  name: string,
  { checks, pod, leading = [] }: Parts<Options>,
): string | undefined {
  if (!isOptions(value)) return mustBe(name, `an object with ${Object.keys(checks).join(', ')}`, value);
  for (const [part, given] of Object.entries(value)) {
    if (!Object.hasOwn(checks, part)) {
      const known = Object.keys(checks).filter((each) => !leading.includes(each));
      return unknownOption(part, name, known);
    }
    const isLeft = given === undefined && !leading.includes(part);
    const path = name === '' ? part : `${name}.${part}`;
    const problem = isLeft ? undefined : checks[part as keyof Options](given, path, pod);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function unknownOption(option: string, name: string, known: readonly string[]): string {
  const unknown = `unknown option ${JSON.stringify(option)}${name === '' ? '' : ` in ${name}`}`;
  const near = known.length > 0 ? closest(option, known) : undefined;
  if (near !== undefined && distance(option, near) <= TYPOS_MAX) return `${unknown}. Did you mean "${near}"?`;
  return `${unknown}. Valid options: ${known.join(', ')}`;
}

function isOptions(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RegExp);
}

/** Returns `times must be a whole number of at least 1, received 0`. */
export function mustBe(name: string, rule: string, value: unknown): string {
  return `${name} must be ${rule}, received ${inspect(value)}`;
}

/** Checks the name of a container of the pod. Without a pod, any name is valid. */
export const containerName: ArgumentCheck = (value, name, pod) => {
  if (!pod) return text(value, name);
  const names = containersOf(pod.spec).map((container) => container.name);
  if (names.some((each) => each === value)) return undefined;
  return mustBe(name, `a container of pod ${pod.metadata.name} (${names.join(', ')})`, value);
};

/** Checks a number of times. */
export function count({ from }: { readonly from: number }): ArgumentCheck {
  return (value, name) =>
    Number.isInteger(value) && Number(value) >= from
      ? undefined
      : mustBe(name, `a whole number of at least ${from}`, value);
}

export function oneOf(...values: readonly string[]): ArgumentCheck {
  const rule = values.length === 1 ? `'${values[0]}'` : `one of ${values.join(', ')}`;
  return (value, name) => (values.some((each) => each === value) ? undefined : mustBe(name, rule, value));
}

export const text: ArgumentCheck = (value, name) =>
  typeof value === 'string' ? undefined : mustBe(name, 'a string', value);

/** Checks a part of a text, or a regular expression that it matches. */
export const pattern: ArgumentCheck = (value, name) =>
  typeof value === 'string' || value instanceof RegExp
    ? undefined
    : mustBe(name, 'a string or a regular expression', value);

export const checkExitCode: ArgumentCheck = (value, name) =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255
    ? undefined
    : mustBe(name, 'an exit code from 0 to 255', value);

/** Accepts any value, because the matcher checks it later. */
export const skipCheck: ArgumentCheck = () => undefined;
