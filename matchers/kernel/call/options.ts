import { inspect } from 'node:util';
import { containersOf, type Pod } from '../../../src/manifest/model';
import { formatList } from '../../../src/wording/list';
import { Misuse } from './misuse';

/** What is wrong with the value of an option, as it reads after the option's name; undefined when nothing is. */
export type ArgumentCheck = (value: unknown, pod?: Pod) => string | undefined;

/** Every option of a matcher, with its check. */
export type Checks<Options> = { readonly [Name in keyof Required<Options>]: ArgumentCheck };

interface Signature<Options> {
  readonly leading?: readonly (keyof Options & string)[];
  readonly checks: Checks<Options>;
  readonly misfit?: (options: Options, pod: Pod) => string | undefined;
}

/**
 * The options a matcher was called with, those it takes without a name included.
 *
 * @throws Misuse when there is no such option, or a value is none that can be meant: with either nothing would be asked.
 */
export function optionsFrom<Options extends object>(
  args: readonly unknown[],
  { leading = [], checks, misfit }: Signature<Options>,
  pod: Pod,
): Options {
  const names: readonly string[] = leading;
  const { [names.length]: named = {}, length } = args;
  if (length > names.length + 1) throw new Misuse(`nothing is taken after ${inspect(named)}`);
  if (!isOptions(named))
    throw new Misuse(`${inspect(named)} is no options; write them by name, as in { within: '30s' }`);
  const options: Record<string, unknown> = { ...named };
  for (const [index, name] of names.entries()) options[name] = args[index];
  const wrong = problemIn(options, checks, pod, leading) ?? misfit?.(options as Options, pod);
  if (wrong !== undefined) throw new Misuse(wrong);
  return options as Options;
}

/** What is wrong with an object that is asked for by its parts; undefined when nothing is. */
export function problemIn<Parts>(
  value: unknown,
  checks: Checks<Parts>,
  pod?: Pod,
  leading: readonly string[] = [],
): string | undefined {
  if (!isOptions(value)) return `${inspect(value)} is nothing that can be asked for`;
  for (const [name, part] of Object.entries(value)) {
    if (!Object.hasOwn(checks, name)) {
      const known = Object.keys(checks).filter((each) => !leading.includes(each));
      return `there is no option ${JSON.stringify(name)}; there are ${listWords(known)}`;
    }
    const isLeft = part === undefined && !leading.includes(name);
    const wrong = isLeft ? undefined : checks[name as keyof Parts](part, pod);
    if (wrong !== undefined) return `${name}: ${wrong}`;
  }
  return undefined;
}

function isOptions(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RegExp);
}

/** The name of a container of the pod; of no pod in particular, any name. */
export const containerName: ArgumentCheck = (value, pod) => {
  if (!pod) return text(value);
  const { metadata, spec } = pod;
  const names = containersOf(spec).map(({ name }) => name);
  if (names.some((name) => name === value)) return undefined;
  return `pod ${metadata.name} has no container ${inspect(value)}; it has ${listWords(names)}`;
};

/** How often: a whole number. */
export function count({ from }: { readonly from: number }): ArgumentCheck {
  return (value) =>
    Number.isInteger(value) && Number(value) >= from
      ? undefined
      : `${inspect(value)} is no number of times; write a whole number from ${from} on`;
}

export function oneOf(...values: readonly string[]): ArgumentCheck {
  return (value) =>
    values.some((each) => each === value) ? undefined : `${inspect(value)} is none of ${listWords(values)}`;
}

export const text: ArgumentCheck = (value) => (typeof value === 'string' ? undefined : `${inspect(value)} is no text`);

/** A part of a text, or an expression that it matches. */
export const pattern: ArgumentCheck = (value) =>
  typeof value === 'string' || value instanceof RegExp ? undefined : `${inspect(value)} is no text or expression`;

export const checkExitCode: ArgumentCheck = (value) =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255
    ? undefined
    : `${inspect(value)} is no exit code; they are 0 to 255`;

/** For what is checked where it is read. */
export const unchecked: ArgumentCheck = () => undefined;

/** `web, db, and cache` */
export function listWords(words: readonly string[]): string {
  return formatList(words);
}
