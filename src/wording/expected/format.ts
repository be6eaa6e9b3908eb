import { formatFrom, type Words } from '../message';
import type { Expectation, Stated } from './expectation';
import { OCCURRENCES } from './occurrences';
import { STATES } from './states';
import { VALUES } from './values';
import { WINDOWS } from './windows';

const WORDS: Words<Stated<Expectation>> = { ...STATES, ...OCCURRENCES, ...WINDOWS, ...VALUES };

/** Returns what a matcher expects: `pod to become Ready`, and under `.not` `pod not to become Ready`. */
export function formatExpected(expectation: Expectation, isNot: boolean): string {
  return formatFrom(WORDS, { ...expectation, isNot } as Stated<Expectation>);
}
