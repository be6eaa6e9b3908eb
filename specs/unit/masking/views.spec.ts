import { describe, expect, test } from '@jest/globals';
import { DECODED, plainView, seenView, type TextView, withoutUnseen } from '../../../src/masking/views';

const decodings = (text: string) => DECODED.flatMap((read) => read(plainView(text))?.text ?? []);

/** Returns the part of the original text that a part of a view was read from. */
function originOf(view: TextView | undefined, original: string, part: string): string {
  if (!view) throw new Error('the text reads the same');
  const at = view.text.indexOf(part);
  return original.slice(view.from(at), view.to(at + part.length - 1));
}

describe('plainView', () => {
  test('maps each character to its own position', () => {
    expect(originOf(plainView('abc'), 'abc', 'bc')).toBe('bc');
  });
});

describe('withoutUnseen', () => {
  test.each([
    ['hun\u001b[31mter\u001b[0m2', 'hunter2'],
    ['hun\u200bter\u202e2', 'hunter2'],
    ['hun\nter2', 'hunter2'],
    ['Ünïcode ✓', 'Ünïcode ✓'],
  ])('converts %j to %j', (text, seen) => {
    expect(withoutUnseen(text)).toBe(seen);
  });
});

describe('seenView', () => {
  test('drops invisible characters, and keeps the positions', () => {
    const text = 'a hun\u001b[1mter2!';
    const view = seenView(plainView(text));
    expect(view?.text).toBe('a hunter2!');
    expect(originOf(view, text, 'hunter2')).toBe('hun\u001b[1mter2');
    expect(originOf(view, text, '!')).toBe('!');
  });

  test('returns undefined for a text without invisible characters', () => {
    expect(seenView(plainView('hunter2 ✓'))).toBeUndefined();
  });
});

describe('DECODED', () => {
  test.each([
    ['%68unter2', 'hunter2'],
    ['a+b%2B', 'a b+'],
    ['%C3%9C', 'Ü'],
    ['\\x68unter2', 'hunter2'],
    ['\\150unter2', 'hunter2'],
    ['\\u0068unter2', 'hunter2'],
    ['\\u{1F511}', '\u{1F511}'],
    ['a\\nb\\"c\\\\', 'a\nb"c\\'],
    ['\\xc3\\x9c', 'Ü'],
    ['&amp;&lt;&quot;&apos;&gt;', '&<"\'>'],
    ['&#104;&#x68;', 'hh'],
  ])('decodes %j to %j', (text, decoded) => {
    expect(decodings(text)).toContain(decoded);
  });

  test.each(['hunter2', '100 % sure', 'Tom & Jerry', '&nbsp;'])('keeps %j unchanged', (text) => {
    expect(decodings(text).filter((decoded) => decoded !== text)).toEqual([]);
  });

  test('maps each escape to its whole source', () => {
    const text = 'x=%68unter%32&y';
    const [view] = DECODED.flatMap((read) => read(plainView(text)) ?? []);
    expect(originOf(view, text, 'hunter2')).toBe('%68unter%32');
    expect(originOf(view, text, 'h')).toBe('%68');
    expect(originOf(view, text, '&y')).toBe('&y');
  });

  test('maps a view of a view to the original positions', () => {
    const text = '\u001b[1m%68unter2\u001b[0m.';
    const seen = seenView(plainView(text));
    const [decoded] = DECODED.flatMap((read) => (seen && read(seen)) ?? []);
    expect(decoded?.text).toBe('hunter2.');
    expect(originOf(decoded, text, 'hunter2')).toBe('%68unter2');
  });

  test('drops a number beyond Unicode', () => {
    expect(decodings('a&#9999999;b')).toEqual(['ab']);
  });
});
