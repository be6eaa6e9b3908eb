import { expect, test } from '@jest/globals';
import { printable } from '../../../src/escaping/terminal';

test('removes escape sequences', () => {
  expect(printable('\u001b[31mred\u001b[0m and \u001b]8;;http://x\u0007a link\u001b]8;;\u0007')).toBe('red and a link');
});

test('escapes control characters', () => {
  expect(printable('a\tb\r\nc\u0000d\u009be\u007f')).toBe('a\\tb\\r\\nc\\x00d\\x9be\\x7f');
  expect(printable('\u202egpj.exe')).toBe('\\u202egpj.exe');
});

test('drops a trailing newline, and keeps other characters', () => {
  expect(printable('größer 漢字 🐳\n')).toBe('größer 漢字 🐳');
});
