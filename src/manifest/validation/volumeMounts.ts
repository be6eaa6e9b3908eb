import type { VolumeMount } from '../model';
import { type FieldError, invalid, makeRequired, notFound } from '../values/fieldError';
import type { FieldPath } from '../values/fieldPath';
import type { Unchecked } from '../values/uncheckedManifest';
import { validateDescendingPath } from './volumes';

/**
 * Returns the errors of mounts: each names a volume of the pod and has its own path.
 *
 * Source: validation.go `ValidateVolumeMounts`.
 */
export function validateVolumeMounts(
  mounts: readonly Unchecked<VolumeMount>[],
  volumes: ReadonlySet<string> | undefined,
  path: FieldPath,
): FieldError[] {
  const places = new Set<string>();
  return mounts.flatMap(({ name, mountPath, subPath, subPathExpr }, index) => {
    const at = path.index(index);
    const taken = mountPath !== undefined && places.has(mountPath);
    if (mountPath) places.add(mountPath);
    return [
      ...(name ? [] : [makeRequired(at.child('name'))]),
      ...(name && volumes && !volumes.has(name) ? [notFound(at.child('name'), name)] : []),
      ...(mountPath ? [] : [makeRequired(at.child('mountPath'))]),
      ...(subPath && subPathExpr
        ? [invalid(at.child('subPathExpr'), subPathExpr, 'subPathExpr and subPath are mutually exclusive')]
        : []),
      ...(subPath ? validateDescendingPath(subPath, at.child('subPath')) : []),
      ...(subPathExpr ? validateDescendingPath(subPathExpr, at.child('subPathExpr')) : []),
      ...(taken ? [invalid(at.child('mountPath'), mountPath, 'must be unique')] : []),
    ];
  });
}
