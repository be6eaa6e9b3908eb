import { isDeepStrictEqual } from 'node:util';

type Comparison = (actual: unknown, expected: unknown) => boolean;

const contains: Comparison = (actual, expected) => String(actual).includes(String(expected));

const lacks: Comparison = (actual, expected) =>
  typeof actual === 'string' &&
  [expected].flat().every((text) => !actual.toLowerCase().includes(String(text).toLowerCase()));

/** Returns true if every expected entry exists. Others are allowed. */
const includesEntries: Comparison = (actual, expected) =>
  Object.entries(expected as object).every(([key, value]) =>
    isDeepStrictEqual((actual as Record<string, unknown> | undefined)?.[key], value),
  );

/** Compares metrics, which a case names with or without their count. */
const counts: Comparison = (actual, expected) =>
  typeof expected === 'object'
    ? includesEntries(actual, expected)
    : Object.entries(actual as object).some(
        ([name, count]) => count > 0 && `${name} ${count}`.includes(String(expected)),
      );

/** The words of probe and hook cases that do not ask for the same value. */
export const comparisons: Readonly<Record<string, Comparison>> = {
  event: contains,
  metric: counts,
  outputContains: contains,
  receivedHeadersLack: lacks,
  sentHeaders: includesEntries,
  sentHeadersContain: contains,
  sentHeadersLack: lacks,
};
