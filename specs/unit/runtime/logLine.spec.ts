import { expect, test } from '@jest/globals';
import { LineSplitter } from '../../../src/runtime/logLine';

function split(...contents: readonly (string | Buffer)[]): string[] {
  const splitter = new LineSplitter();
  const lines = contents.flatMap((content) => splitter.split(Buffer.from(content)));
  return [...lines, ...splitter.rest()].map(({ bytes }) => bytes.toString());
}

test('splits lines at newlines, regardless of chunk boundaries', () => {
  expect(split('one\ntw', 'o\n', '\nthr', 'ee')).toEqual(['one', 'two', '', 'three']);
  expect(split('one\n')).toEqual(['one']);
});

test('splits a line longer than 16 KiB, but not one of exactly 16 KiB', () => {
  expect(split(`${'x'.repeat(16_384)}\n`).map(({ length }) => length)).toEqual([16_384]);
  expect(split('x'.repeat(20_000), `${'x'.repeat(20_000)}\n`).map(({ length }) => length)).toEqual([
    16_384, 16_384, 7_232,
  ]);
});

test('splits no character', () => {
  expect(split(`${'x'.repeat(16_382)}€uro`)).toEqual(['x'.repeat(16_382), '€uro']);
});

test('splits invalid UTF-8 at the limit', () => {
  expect(split(Buffer.alloc(16_390, 0x80))).toEqual(['\ufffd'.repeat(16_384), '\ufffd'.repeat(6)]);
});
