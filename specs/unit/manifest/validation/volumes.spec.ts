import { describe, expect, test } from '@jest/globals';
import type { Volume } from '../../../../src/manifest/model';
import { validateDescendingPath, validateVolumes } from '../../../../src/manifest/validation/volumes';
import { FieldPath } from '../../../../src/manifest/values/fieldPath';
import type { Unchecked } from '../../../../src/manifest/values/uncheckedManifest';
import { errorTexts } from './errorTexts';

const errorsOf = (...volumes: Unchecked<Volume>[]) => errorTexts(validateVolumes(volumes, FieldPath.of('volumes')));
const errorsWith = (volume: Unchecked<Volume>) => errorsOf({ name: 'v', ...volume });

describe('validateVolumes', () => {
  test('requires a valid name that is unique in the pod', () => {
    expect(errorsOf({ emptyDir: {} })).toEqual(['volumes[0].name: Required value']);
    expect(errorsOf({ name: 'data', emptyDir: {} }, { name: 'data', emptyDir: {} })).toEqual([
      'volumes[1].name: Duplicate value: "data"',
    ]);
    expect(errorsOf({ name: 'Data', emptyDir: {} })).toEqual([
      `volumes[0].name: Invalid value: "Data": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')`,
    ]);
  });

  test('requires exactly one type', () => {
    expect(errorsWith({})).toEqual(['volumes[0]: Required value: must specify a volume type']);
    expect(errorsWith({ emptyDir: {}, secret: { secretName: 's' } })).toEqual([
      'volumes[0].secret: Forbidden: may not specify more than 1 volume type',
    ]);
  });

  test.each<[string, Unchecked<Volume>]>([
    ['.configMap.name: Required value', { configMap: {} }],
    ['.secret.secretName: Required value', { secret: {} }],
    ['.projected.sources[0].secret.name: Required value', { projected: { sources: [{ secret: {} }] } }],
    ['.configMap.items[0].key: Required value', { configMap: { name: 'c', items: [{ path: 'a' }] } }],
    ['.configMap.items[0].path: Required value', { configMap: { name: 'c', items: [{ key: 'k' }] } }],
    [
      '.configMap.items[0].path: Invalid value: "/etc/passwd": must be a relative path',
      { configMap: { name: 'c', items: [{ key: 'k', path: '/etc/passwd' }] } },
    ],
    [
      `.secret.items[0].path: Invalid value: "..data": must not start with '..'`,
      { secret: { secretName: 's', items: [{ key: 'k', path: '..data' }] } },
    ],
    [
      `.projected.sources[0].configMap.items[0].path: Invalid value: "a/../../b": must not contain '..'`,
      { projected: { sources: [{ configMap: { name: 'c', items: [{ key: 'k', path: 'a/../../b' }] } }] } },
    ],
  ])('rejects a source without a required field: %s', (error, volume) => {
    expect(errorsWith(volume)).toEqual([`volumes[0]${error}`]);
  });

  test.each<[string, Unchecked<Volume>]>([
    ['secret.defaultMode', { secret: { secretName: 's', defaultMode: 644 } }],
    ['projected.defaultMode', { projected: { defaultMode: 644, sources: [] } }],
    ['downwardAPI.defaultMode', { downwardAPI: { defaultMode: 644 } }],
    ['configMap.items[0].mode', { configMap: { name: 'c', items: [{ key: 'k', path: 'k', mode: 644 }] } }],
  ])('rejects decimal 644 as %s', (field, volume) => {
    expect(errorsWith(volume)).toEqual([
      `volumes[0].${field}: Invalid value: 644: must be a number between 0 and 0777 (octal), both inclusive`,
    ]);
  });

  test.each([0, 0o644, 0o777])('accepts mode %d', (defaultMode) => {
    expect(errorsWith({ secret: { secretName: 's', defaultMode } })).toEqual([]);
  });

  test('requires exactly one source for each file of the downward API', () => {
    const fieldRef = { fieldPath: 'metadata.labels' };
    const resourceFieldRef = { containerName: 'web', resource: 'limits.cpu' };
    const items = [
      { path: 'none' },
      { path: 'both', fieldRef, resourceFieldRef },
      { path: 'cpu', resourceFieldRef: { resource: 'limits.cpu' } },
    ];
    expect(errorsWith({ downwardAPI: { items } })).toEqual([
      'volumes[0].downwardAPI.items[0]: Required value: one of fieldRef and resourceFieldRef is required',
      'volumes[0].downwardAPI.items[1]: Invalid value: "resource": fieldRef and resourceFieldRef can not be specified simultaneously',
      'volumes[0].downwardAPI.items[2].resourceFieldRef.containerName: Required value',
    ]);
  });
});

describe('validateDescendingPath', () => {
  const errorsIn = (path: string) => errorTexts(validateDescendingPath(path, FieldPath.of('subPath')));

  test('rejects a path outside its volume', () => {
    expect(errorsIn('/etc')).toEqual(['subPath: Invalid value: "/etc": must be a relative path']);
    expect(errorsIn('a/..')).toEqual([`subPath: Invalid value: "a/..": must not contain '..'`]);
  });

  test('accepts dots within a name', () => {
    expect(errorsIn('a/..data/b...c')).toEqual([]);
  });
});
