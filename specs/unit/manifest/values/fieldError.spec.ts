import { describe, expect, test } from '@jest/globals';
import {
  bodyOf,
  duplicate,
  duplicates,
  forbidden,
  invalid,
  makeRequired,
  notFound,
  notSupported,
  tooMany,
} from '../../../../src/manifest/values/fieldError';
import { FieldPath } from '../../../../src/manifest/values/fieldPath';

const PATH = FieldPath.of('spec');

describe('bodyOf', () => {
  test.each([
    [makeRequired(PATH), 'Required value'],
    [makeRequired(PATH, 'must specify a handler type'), 'Required value: must specify a handler type'],
    [invalid(PATH, 3, 'must be 1'), 'Invalid value: 3: must be 1'],
    [invalid(PATH, '', 'must be 1'), 'Invalid value: "": must be 1'],
    [notSupported(PATH, 'B', ['A', 'C']), 'Unsupported value: "B": supported values: "A", "C"'],
    [forbidden(PATH, 'may not be set'), 'Forbidden: may not be set'],
    [duplicate(PATH, 'web'), 'Duplicate value: "web"'],
    [notFound(PATH, 'data'), 'Not found: "data"'],
    [tooMany(PATH, 21, 20), 'Too many: 21: must have at most 20 items'],
  ])('prints %j like Kubernetes', (error, body) => {
    expect(bodyOf(error)).toBe(body);
  });

  test.each([
    [{ a: [1] }, '{"a":[1]}'],
    [null, 'null'],
    [true, 'true'],
    [10n, '10'],
    ['a "b"\n', '"a \\"b\\"\\n"'],
  ])('prints the value %p as %s', (value, shown) => {
    expect(bodyOf(invalid(PATH, value, 'd'))).toBe(`Invalid value: ${shown}: d`);
  });

  test('cuts a long value like Kubernetes', () => {
    expect(bodyOf(invalid(PATH, 'x'.repeat(79), 'd'))).toBe(`Invalid value: "${'x'.repeat(79)}…: d`);
    expect(bodyOf(invalid(PATH, 'x'.repeat(78), 'd'))).toBe(`Invalid value: "${'x'.repeat(78)}": d`);
  });

  test('prints an object that JSON cannot represent', () => {
    const around: { self?: object } = {};
    around.self = around;
    expect(bodyOf(invalid(PATH, around, 'd'))).toBe('Invalid value: [object Object]: d');
  });
});

describe('required', () => {
  test('contains advice only if it is passed', () => {
    expect(makeRequired(PATH, '', 'exec or httpGet')).toMatchObject({ advice: 'exec or httpGet' });
    expect(makeRequired(PATH)).not.toHaveProperty('advice');
  });
});

describe('duplicates', () => {
  test('reports every repetition at its own path', () => {
    const errors = duplicates(['a', 'b', 'a', 'a'], (index) => PATH.index(index));
    expect(errors.map(({ path, type, value }) => [String(path), type, value])).toEqual([
      ['spec[2]', 'Duplicate', 'a'],
      ['spec[3]', 'Duplicate', 'a'],
    ]);
  });

  test('ignores items without a key', () => {
    expect(duplicates([undefined, '', undefined, ''], (index) => PATH.index(index))).toEqual([]);
  });
});
