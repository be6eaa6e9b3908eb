import { describe, expect, test } from '@jest/globals';
import { decode } from '../../../../src/manifest/schema/decode';
import type { Schema } from '../../../../src/manifest/schema/schema';
import { FieldPath } from '../../../../src/manifest/values/fieldPath';

const decoded = (value: unknown, schema: Schema) => decode(value, schema, FieldPath.of('x'));
const errorsIn = (value: unknown, schema: Schema) =>
  decoded(value, schema).errors.map(({ path, detail, advice }) =>
    [`${path}: ${detail}`, ...(advice === undefined ? [] : [advice])].join('; '),
  );

describe('decode', () => {
  test.each([
    ['string', 1],
    ['string', true],
    ['boolean', 'yes'],
    ['int32', 1.5],
    ['int32', 2 ** 31],
    ['int64', '1'],
    ['int64', Number.POSITIVE_INFINITY],
    ['number', 'one'],
    ['int-or-string', 1.5],
    ['quantity', '1x'],
    ['quantity', true],
    ['object', []],
    [{ list: 'string' }, {}],
    [{ map: 'string' }, []],
    [{ fields: {} }, 'x'],
  ] as const)('rejects as %j the value %j', (schema, value) => {
    expect(decoded(value, schema).errors).toHaveLength(1);
  });

  test.each([
    ['int32', -(2 ** 31), -(2 ** 31)],
    ['int32', 2 ** 31 - 1, 2 ** 31 - 1],
    ['int-or-string', 'http', 'http'],
    ['quantity', 0.5, '0.5'],
    ['any', [null], [null]],
    [{ list: 'string' }, ['a', null], ['a', '']],
    [{ list: { fields: { a: 'string' } } }, [null], [{}]],
    [{ map: 'string' }, { a: 'b', c: null }, { a: 'b' }],
    [{ enum: ['A'] }, '', ''],
  ] as const)('accepts as %j the value %j', (schema, value, taken) => {
    expect(decoded(value, schema)).toEqual({ value: taken, errors: [], unsupported: [] });
  });

  test('reports an unsupported value separately from a wrong type', () => {
    expect(decoded('B', { enum: ['A'] })).toMatchObject({
      value: 'B',
      errors: [],
      unsupported: [{ type: 'NotSupported', value: 'B', detail: 'supported values: "A"' }],
    });
    expect(errorsIn(1, { enum: ['A'] })).toEqual(['x: must be a string; put it in quotes']);
  });

  test.each<[unknown, Schema, string]>([
    [5432, 'string', 'must be a string; put it in quotes'],
    [true, 'string', 'must be a string; put it in quotes: yes, no, on, off, y and n are booleans in YAML'],
    [{}, 'string', 'must be a string'],
    ['true', 'boolean', 'must be true or false; write true without quotes'],
    ['8080', 'int32', 'must be an integer; write 8080 without quotes'],
    ['http', 'int32', 'must be an integer'],
    [2 ** 31, 'int32', 'must fit into 32 bits'],
    [2 ** 63, 'int64', 'must fit into 64 bits'],
    [{ a: 1 }, { list: 'string' }, 'must be a list; begin each item with "- "'],
    ['a', { list: 'string' }, 'must be a list'],
  ])('gives advice for %j as %j', (value, schema, error) => {
    expect(errorsIn(value, schema)).toEqual([`x: ${error}`]);
  });

  test('reports an unknown field at its path, and drops it', () => {
    const schema: Schema = { fields: { image: 'string' } };
    const { value, errors } = decoded({ image: 'web:1', imgae: 'web:2' }, schema);
    expect(value).toEqual({ image: 'web:1' });
    expect(errors).toMatchObject([{ detail: 'unknown field', meant: 'image' }]);
    expect(errors[0]).not.toHaveProperty('type');
    expect(errors.map(({ path }) => String(path))).toEqual(['x.imgae']);
  });

  test('rejects fields named like members of JavaScript objects', () => {
    const names = JSON.parse('{"constructor": 1, "__proto__": 2}');
    expect(decoded(names, { fields: {} }).errors.map(({ path }) => String(path))).toEqual([
      'x.constructor',
      'x.__proto__',
    ]);
  });

  test('reports every error of a value, and keeps its valid parts', () => {
    const schema: Schema = { fields: { ports: { list: { fields: { port: 'int32' } } }, labels: { map: 'string' } } };
    const { value, errors } = decoded({ ports: [{ port: 'http' }, { port: 80 }], labels: { a: 1, b: 'c' } }, schema);
    expect(errors.map(({ path }) => String(path))).toEqual(['x.ports[0].port', 'x.labels[a]']);
    expect(value).toEqual({ ports: [{}, { port: 80 }], labels: { b: 'c' } });
  });
});
