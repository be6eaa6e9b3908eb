import { isDeepStrictEqual } from 'node:util';
import { comparisons } from './subjects/comparisons';

type Comparison = (actual: unknown, expected: unknown) => boolean;

/** Returns true if a map contains the expected entries, and all other values are equal. */
const includes: Comparison = (actual, expected) => {
  if (!isMap(expected) || !isMap(actual)) return isDeepStrictEqual(actual, expected);
  return Object.entries(expected).every(([key, value]) => includes(actual[key], value));
};

/** Returns a comparison of lists in any order. */
const sameSet =
  (isSame: Comparison): Comparison =>
  (actual, expected) => {
    if (!Array.isArray(actual) || !Array.isArray(expected) || actual.length !== expected.length) return false;
    const left = [...actual];
    return expected.every((wanted) => {
      const found = left.findIndex((one) => isSame(one, wanted));
      if (found >= 0) left.splice(found, 1);
      return found >= 0;
    });
  };

/** Compares the hook that was called. A case may give only a part of its URL. */
const hook: Comparison = (actual, expected) => {
  const { urlContains } = (expected as { readonly http?: { readonly urlContains?: string } } | null)?.http ?? {};
  if (urlContains === undefined) return isDeepStrictEqual(actual, expected);
  return String((actual as { readonly http?: { readonly url: string } } | null)?.http?.url).includes(urlContains);
};

/** The words of `then` that do not simply ask for the same value. */
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  ...comparisons,
  conditions: includes,
  errors: sameSet(includes),
  hookInvoked: hook,
  killContainers: sameSet(isDeepStrictEqual),
  statuses: includes,
  workers: sameSet(isDeepStrictEqual),
};

/** Returns true if the result of a subject is the expected one for a word. */
export function isAsExpected(word: string, actual: unknown, expected: unknown): boolean {
  return (COMPARISONS[word] ?? isDeepStrictEqual)(actual, expected);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
