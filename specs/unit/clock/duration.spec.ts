import { expect, test } from '@jest/globals';
import { parseDuration } from '../../../src/clock/duration';

test.each([
  ['250ms', 250],
  ['30s', 30_000],
  ['1.5s', 1_500],
  ['5m', 300_000],
  ['1m30s', 90_000],
  ['1h2m3s', 3_723_000],
])('parses the duration %s as %i ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(['', '30', 's', '5 m', '-1s', '1s2m', '1s1s', '1d', 'Infinitys'])('rejects the duration "%s"', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});
