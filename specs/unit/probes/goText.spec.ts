import { expect, test } from '@jest/globals';
import { goDuration } from '../../../src/clock/goDuration';
import { goQuote } from '../../../src/probes/goText';

test.each([
  ['plain text', '"plain text"'],
  ['a "b" \\ c', String.raw`"a \"b\" \\ c"`],
  ['line\nline\t\x07\x1b', String.raw`"line\nline\t\a\x1b"`],
  ['Grüße 日本 ☃', '"Grüße 日本 ☃"'],
  ['no\u00a0break\u200b', String.raw`"no\u00a0break\u200b"`],
])('goQuote quotes %j like Go', (text, quoted) => {
  expect(goQuote(text)).toBe(quoted);
});

test.each([
  [0, '0s'],
  [250, '250ms'],
  [1000, '1s'],
  [1500, '1.5s'],
  [60_000, '1m0s'],
  [3_690_000, '1h1m30s'],
])('goDuration prints %i ms as %s', (ms, printed) => {
  expect(goDuration(ms)).toBe(printed);
});
