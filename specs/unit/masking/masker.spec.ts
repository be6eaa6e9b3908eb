import { expect, test } from '@jest/globals';
import { type Hide, hiderOf } from '../../../src/masking/masker';

function hide(...values: readonly (string | { readonly base64: string })[]): Hide {
  return hiderOf({ secrets: { database: Object.fromEntries(values.map((value, index) => [String(index), value])) } });
}

test('masks values in plain text and in base64, and ignores short ones', () => {
  const text = 'exec "hunter2" aHVudGVyMg== //79 at 1234';
  expect(hide('hunter2', '123', { base64: '//79' })(text)).toBe('exec "***" *** *** at 1234');
});

test('returns a text without values unchanged', () => {
  const text = 'a\u001b[1mb %41 \\n &amp;';
  expect(hide('hunter2')(text)).toBe(text);
  expect(hide()(text)).toBe(text);
});

test('keeps the text around a value', () => {
  expect(hide('hunter2')('%41=%68unter2&b=\\u0068unter2, hun\u001b[1mter2!')).toBe('%41=***&b=***, ***!');
});

test('masks values that overlap', () => {
  expect(hide('abcdef', 'efghij')('-abcdefghij-')).toBe('-***-');
});

test('masks a part of a value only at a cut', () => {
  const cut = hide('correct horse');
  expect(cut('the correct', { end: true })).toBe('the ***');
  expect(cut('the correct')).toBe('the correct');
  expect(cut('horse is', { start: true })).toBe('*** is');
  expect(cut('horse is')).toBe('horse is');
});
