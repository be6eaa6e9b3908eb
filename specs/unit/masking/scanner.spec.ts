import { describe, expect, test } from '@jest/globals';
import { type CutEnds, Scanner } from '../../../src/masking/scanner';

/** Returns the text with every found part in brackets. */
function marked(words: readonly string[], text: string, cut?: CutEnds): string {
  const parts = new Scanner(words).find(text, cut);
  return parts
    .toReversed()
    .reduce((all, { from, to }) => `${all.slice(0, from)}[${all.slice(from, to)}]${all.slice(to)}`, text);
}

describe('Scanner', () => {
  test('finds every occurrence of a word', () => {
    expect(marked(['hunter2'], 'hunter2')).toBe('[hunter2]');
    expect(marked(['hunter2'], 'a hunter2, hunter2hunter2')).toBe('a [hunter2], [hunter2][hunter2]');
    expect(marked(['hunter2'], 'hunter1 hunter hun')).toBe('hunter1 hunter hun');
  });

  test('finds many words in one pass', () => {
    expect(marked(['hunter2', 'correct horse', 'abcd'], 'abcd: correct horse hunter2')).toBe(
      '[abcd]: [correct horse] [hunter2]',
    );
  });

  test('finds the longest of several words with the same start', () => {
    expect(marked(['pass', 'password', 'passwords'], 'password pass passwords')).toBe('[password] [pass] [passwords]');
  });

  test('joins words that overlap', () => {
    expect(marked(['abcdef', 'efghij', 'cdefgh'], '-abcdefghij-')).toBe('-[abcdefghij]-');
  });

  test('distinguishes words whose first four characters share a hash bucket', () => {
    // Both have the same hash.
    expect(marked(['aaax'], 'aach')).not.toContain('[');
    expect(marked(['aaax'], 'aaax')).toBe('[aaax]');
  });

  test('finds the start of a word at the end of a text only if it is cut there', () => {
    expect(marked(['correct horse'], 'the correct', { end: true })).toBe('the [correct]');
    expect(marked(['correct horse'], 'the correct')).toBe('the correct');
    expect(marked(['correct horse'], 'the correct', { start: true })).toBe('the correct');
    expect(marked(['correct horse'], 'correct it', { end: true })).toBe('correct it');
  });

  test('finds the end of a word at the start of a text only if it is cut there', () => {
    expect(marked(['correct horse'], 'horse is', { start: true })).toBe('[horse] is');
    expect(marked(['correct horse'], 'horse is')).toBe('horse is');
    expect(marked(['correct horse'], 'a horse', { start: true })).toBe('a horse');
  });

  test('finds the longest end of a word at a cut start', () => {
    expect(marked(['x-abcd-abcd'], 'abcd-abcd!', { start: true })).toBe('[abcd-abcd]!');
  });

  test('ignores fewer than four characters at a cut', () => {
    expect(marked(['correct horse'], 'the cor', { end: true })).toBe('the cor');
    expect(marked(['correct horse'], 'rse', { start: true })).toBe('rse');
  });

  test('finds nothing without words', () => {
    const scanner = new Scanner([]);
    expect(scanner.isEmpty).toBe(true);
    expect(scanner.find('hunter2', { start: true, end: true })).toEqual([]);
    expect(new Scanner(['hunter2']).isEmpty).toBe(false);
  });
});
