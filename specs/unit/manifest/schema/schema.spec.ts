import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { decode } from '../../../../src/manifest/schema/decode';
import published from '../../../../src/manifest/schema/kubernetes.json';
import { resolved, schemaOf } from '../../../../src/manifest/schema/schema';
import { FieldPath } from '../../../../src/manifest/values/fieldPath';

const ROOT = path.join(__dirname, '../../../..');

test('knows every field that kubernetes-models knows, and no other', () => {
  const script = path.join(ROOT, 'scripts/schema.mjs');
  const text = execFileSync(process.execPath, [script, '--print'], { encoding: 'utf8', env: {} });
  expect(published).toEqual(JSON.parse(text));
});

test('has fields as new as Kubernetes 1.36', () => {
  const fieldsOf = (name: string) => {
    const schema = resolved(schemaOf(name));
    return typeof schema === 'object' && 'fields' in schema ? Object.keys(schema.fields) : [];
  };
  expect(fieldsOf('Container')).toEqual(
    expect.arrayContaining(['restartPolicyRules', 'resizePolicy', 'volumeDevices']),
  );
  expect(fieldsOf('PodSpec')).toEqual(expect.arrayContaining(['resources', 'hostnameOverride', 'schedulingGroup']));
});

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
] as const)('does not take as %j %j', (schema, value) => {
  expect(decode(value, schema, FieldPath.of('x')).errors).toHaveLength(1);
});

test.each([
  ['int32', -(2 ** 31), -(2 ** 31)],
  ['int-or-string', 'http', 'http'],
  ['quantity', 0.5, '0.5'],
  ['any', [null], [null]],
  [{ list: 'string' }, ['a', null], ['a', '']],
  [{ list: { fields: { a: 'string' } } }, [null], [{}]],
  [{ map: 'string' }, { a: 'b', c: null }, { a: 'b' }],
  [{ enum: ['A'] }, '', ''],
] as const)('takes as %j %j', (schema, value, taken) => {
  expect(decode(value, schema, FieldPath.of('x'))).toEqual({ value: taken, errors: [], unsupported: [] });
});

test('tells a word that a field does not take from a value of the wrong type', () => {
  expect(decode('B', { enum: ['A'] }, FieldPath.of('x'))).toMatchObject({
    errors: [],
    unsupported: [{ type: 'NotSupported', value: 'B', detail: 'supported values: "A"' }],
  });
});
