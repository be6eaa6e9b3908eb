import type { DownwardAPIFile, KeyToPath, Volume, VolumeProjection } from '../model';
import { duplicates, type FieldError, forbidden, invalid, makeRequired } from '../values/fieldError';
import type { FieldPath } from '../values/fieldPath';
import type { Unchecked } from '../values/uncheckedManifest';
import { VOLUME_FIELDS, validateFieldRef, validateResourceField } from './environment';
import { isDNS1123Label } from './names';

const MODE_MAX = 0o777;

/** Source: validation.go `ValidateVolumes`. */
export function validateVolumes(volumes: readonly Unchecked<Volume>[], path: FieldPath): FieldError[] {
  const each = volumes.flatMap((volume, index) => {
    const at = path.index(index);
    const { name } = volume;
    const nameAt = at.child('name');
    return [
      ...validateSource(volume, at),
      ...(name ? isDNS1123Label(name).map((detail) => invalid(nameAt, name, detail)) : [makeRequired(nameAt)]),
    ];
  });
  const names = volumes.map(({ name }) => name);
  return [...each, ...duplicates(names, (index) => path.index(index).child('name'))];
}

/** Returns the errors of a path within a volume. Source: validation.go `validateLocalDescendingPath`. */
export function validateDescendingPath(value: string, path: FieldPath): FieldError[] {
  return [
    ...(value.startsWith('/') ? [invalid(path, value, 'must be a relative path')] : []),
    ...(value.split('/').includes('..') ? [invalid(path, value, "must not contain '..'")] : []),
  ];
}

/** Source: validation.go `validateVolumeSource`. */
function validateSource(volume: Unchecked<Volume>, path: FieldPath): FieldError[] {
  const { configMap, secret, downwardAPI, projected } = volume;
  const [source, ...more] = Object.keys(volume).filter((name) => name !== 'name');
  return [
    ...(source === undefined ? [makeRequired(path, 'must specify a volume type')] : []),
    ...more.map((kind) => forbidden(path.child(kind), 'may not specify more than 1 volume type')),
    ...(configMap ? validateFiles(configMap, configMap.name, path.child('configMap'), 'name') : []),
    ...(secret ? validateFiles(secret, secret.secretName, path.child('secret'), 'secretName') : []),
    ...(downwardAPI ? validateDownward(downwardAPI, path.child('downwardAPI')) : []),
    ...(projected ? validateMode(projected.defaultMode, path.child('projected', 'defaultMode')) : []),
    ...(projected?.sources ?? []).flatMap((source, index) =>
      validateProjection(source, path.child('projected', 'sources').index(index)),
    ),
  ];
}

/** Source: validation.go `validateProjectionSources`. */
function validateProjection(
  { configMap, secret, downwardAPI }: Unchecked<VolumeProjection>,
  path: FieldPath,
): FieldError[] {
  return [
    ...(configMap ? validateFiles(configMap, configMap.name, path.child('configMap'), 'name') : []),
    ...(secret ? validateFiles(secret, secret.name, path.child('secret'), 'name') : []),
    ...(downwardAPI ? validateDownward(downwardAPI, path.child('downwardAPI')) : []),
  ];
}

interface Files {
  readonly defaultMode?: number | undefined;
  readonly items?: readonly Unchecked<KeyToPath>[] | undefined;
}

function validateFiles(files: Files, name: string | undefined, path: FieldPath, nameField: string): FieldError[] {
  return [
    ...(name ? [] : [makeRequired(path.child(nameField))]),
    ...validateMode(files.defaultMode, path.child('defaultMode')),
    ...(files.items ?? []).flatMap(({ key, path: file, mode }, index) => {
      const at = path.child('items').index(index);
      return [
        ...(key ? [] : [makeRequired(at.child('key'))]),
        ...validateFilePath(file, at.child('path')),
        ...validateMode(mode, at.child('mode')),
      ];
    }),
  ];
}

function validateDownward(
  {
    defaultMode,
    items = [],
  }: { defaultMode?: number | undefined; items?: readonly Unchecked<DownwardAPIFile>[] | undefined },
  path: FieldPath,
): FieldError[] {
  return [
    ...validateMode(defaultMode, path.child('defaultMode')),
    ...items.flatMap(({ path: file, mode, fieldRef, resourceFieldRef }, index) => {
      const at = path.child('items').index(index);
      return [
        ...validateFilePath(file, at.child('path')),
        ...(fieldRef ? validateFieldRef(fieldRef, VOLUME_FIELDS, at.child('fieldRef')) : []),
        ...(fieldRef && resourceFieldRef
          ? [invalid(at, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously')]
          : []),
        ...(resourceFieldRef ? validateResourceField(resourceFieldRef, at.child('resourceFieldRef'), true) : []),
        ...(fieldRef || resourceFieldRef ? [] : [makeRequired(at, 'one of fieldRef and resourceFieldRef is required')]),
        ...validateMode(mode, at.child('mode')),
      ];
    }),
  ];
}

/** Source: validation.go `validateLocalNonReservedPath`. */
function validateFilePath(file: string | undefined, path: FieldPath): FieldError[] {
  if (!file) return [makeRequired(path)];
  return [
    ...validateDescendingPath(file, path),
    ...(/^\.\.(?!\/|$)/.test(file) ? [invalid(path, file, "must not start with '..'")] : []),
  ];
}

function validateMode(mode: number | undefined, path: FieldPath): FieldError[] {
  if (mode === undefined || (mode >= 0 && mode <= MODE_MAX)) return [];
  return [invalid(path, mode, 'must be a number between 0 and 0777 (octal), both inclusive')];
}
