import { behaviorOf } from '../../../../src/kubelet/behavior/behaviorOf';
import type { FeatureGates } from '../../../../src/manifest/featureGates/featureGates';

/** The version that unit tests are taken from: what a function does in it. Timelines are played by the newest one. */
export const SOURCE_VERSION = '1.36';
export const SOURCE_BEHAVIOR = behaviorOf(SOURCE_VERSION);

/** Returns any feature gates by their Kubernetes names. The simulation checks that they exist. */
export function gatesOf(value: unknown): FeatureGates {
  return (value ?? {}) as FeatureGates;
}

/** Values of a case as in its file. */
export type Words = Readonly<Record<string, unknown>>;

/** How a subject is asked: in with what is given, out with what a case may assert. */
export type Subject = (given: Words, when: Words) => Promise<Words>;

/** Reads `value` as a map that has no word but those known; anything else is an error, never overlooked. */
export function wordsOf(where: string, value: unknown, known: readonly string[]): Words {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${where}: expected a map, got ${JSON.stringify(value)}`);
  }
  const unknownWords = Object.keys(value).filter((word) => !known.includes(word));
  if (unknownWords.length > 0)
    throw new Error(`${where}: unknown ${unknownWords.join(', ')}; known: ${known.join(', ')}`);
  return value as Words;
}

/** Returns a value that must be one of the known words. */
export function oneOf<Word extends string>(where: string, value: unknown, known: readonly Word[]): Word {
  const word = known.find((each) => each === value);
  if (word === undefined) throw new Error(`${where}: unknown ${JSON.stringify(value)}; known: ${known.join(', ')}`);
  return word;
}

export function listOf(where: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`${where}: expected a list, got ${JSON.stringify(value)}`);
  return value;
}

/** Returns `10s`, `1.5s` or `-1s` in milliseconds. */
export function durationMs(where: string, value: unknown): number {
  const [, seconds] = /^(-?\d+(?:\.\d+)?)s$/.exec(String(value)) ?? [];
  if (seconds === undefined) throw new Error(`${where}: expected a duration like 10s, got ${JSON.stringify(value)}`);
  return Number(seconds) * 1000;
}

/** Returns a text, given directly or as `{repeat, times}`. A missing text is empty. */
export function textOf(where: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'object') return String(value);
  const { repeat, times } = wordsOf(where, value, ['repeat', 'times']);
  return String(repeat).repeat(Number(times));
}

/** Returns the result of a function, or the error that it throws. */
export function attempt(action: () => Words): Words {
  try {
    return { ...action(), error: false };
  } catch (cause) {
    return { error: true, errorMessage: (cause as Error).message };
  }
}
