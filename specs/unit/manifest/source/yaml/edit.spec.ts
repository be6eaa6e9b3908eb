import { describe, expect, test } from '@jest/globals';
import { editText } from '../../../../../src/manifest/source/yaml/edit';
import { FieldPath } from '../../../../../src/manifest/values/fieldPath';

const path = (...steps: readonly (string | number)[]) =>
  steps.reduce<FieldPath>(
    (field, step) => (typeof step === 'number' ? field.index(step) : field.child(step)),
    FieldPath.ROOT,
  );
const set = (text: string, value: unknown, ...steps: readonly (string | number)[]) =>
  editText(text, [{ path: path(...steps), value }]);

describe('editText', () => {
  test('replaces a scalar, and keeps comments, quotes and blank lines', () => {
    const text = "# The shop.\na:   1  # too few\n\nb: 'x'\n";
    expect(set(text, 9, 'a')).toBe("# The shop.\na:   9  # too few\n\nb: 'x'\n");
  });

  test('replaces a scalar of an item in a list', () => {
    expect(set('list:\n  - {a: 1}\n  - a: 2\n', 3, 'list', 1, 'a')).toBe('list:\n  - {a: 1}\n  - a: 3\n');
  });

  test('quotes a string that YAML would read as another type', () => {
    expect(set('a: x\n', '1', 'a')).toBe('a: "1"\n');
  });

  test('adds a field at the end of its mapping, with the same indentation', () => {
    expect(set('spec:\n    a: 1  # one\nkind: Pod\n', 2, 'spec', 'b')).toBe(
      'spec:\n    a: 1  # one\n    b: 2\nkind: Pod\n',
    );
  });

  test('adds the missing parents of a field', () => {
    expect(set('- name: web\n  image: web:1\n', 3, 0, 'lifecycle', 'preStop', 'sleep', 'seconds')).toBe(
      '- name: web\n  image: web:1\n  lifecycle:\n    preStop:\n      sleep:\n        seconds: 3\n',
    );
  });

  test.each([
    ['a: {}\n', 'a: {b: 1}\n'],
    ['a: {c: 2}\n', 'a: {c: 2, b: 1}\n'],
    ['a: { c: 2 }\n', 'a: { c: 2, b: 1}\n'],
  ])('adds a field to the flow mapping in %j', (text, expected) => {
    const edited = set(text, 1, 'a', 'b');
    expect(edited?.replaceAll(' ', '')).toBe(expected.replaceAll(' ', ''));
  });

  test('applies several edits in order', () => {
    const edits = [
      { path: path('a', 'b'), value: 1 },
      { path: path('a', 'c'), value: 2 },
      { path: path('d'), value: 4 },
    ];
    expect(editText('a:\n  z: 0\nd: 3\n', edits)).toBe('a:\n  z: 0\n  b: 1\n  c: 2\nd: 4\n');
  });

  test.each([
    ['an alias', 'a: &one {b: 1}\nc: *one\n', ['c', 'b']],
    ['an item that does not exist', 'list: []\n', ['list', 0, 'a']],
    ['a mapping where a scalar is expected', 'a: {b: 1}\n', ['a']],
    ['a field of a scalar', 'a: 1\n', ['a', 'b']],
    ['a list in a missing field', 'a: {}\n', ['a', 'list', 0]],
  ])('returns undefined for %s', (_, text, steps) => {
    expect(set(text, 9, ...steps)).toBeUndefined();
  });

  test('returns undefined for a text that is not YAML', () => {
    expect(set('a: [1\n', 2, 'a')).toBeUndefined();
  });
});
