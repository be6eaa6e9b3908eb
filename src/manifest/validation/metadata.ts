import type { ObjectMeta } from '../model';
import { type FieldError, invalid, makeRequired } from '../values/fieldError';
import type { FieldPath } from '../values/fieldPath';
import type { Unchecked } from '../values/uncheckedManifest';
import { isDNS1123Label, isDNS1123Subdomain, isLabelValue, isQualifiedName } from './names';

/** Source: apimachinery pkg/api/validation/objectmeta.go `ValidateObjectMeta`. */
export function validateObjectMeta(metadata: Unchecked<ObjectMeta>, path: FieldPath): FieldError[] {
  const { name, generateName, namespace } = metadata;
  return [
    ...(name || generateName ? [] : [makeRequired(path.child('name'), 'name or generateName is required')]),
    ...(name ? isDNS1123Subdomain(name).map((detail) => invalid(path.child('name'), name, detail)) : []),
    ...(namespace
      ? isDNS1123Label(namespace).map((detail) => invalid(path.child('namespace'), namespace, detail))
      : []),
    ...validateLabels(metadata, path),
  ];
}

/** Returns the errors of labels, which a pod template has as well. */
export function validateLabels(metadata: Unchecked<ObjectMeta>, path: FieldPath): FieldError[] {
  const { labels = {}, annotations = {} } = metadata;
  return [
    ...Object.entries(labels).flatMap(([key, value = '']) => [
      ...isQualifiedName(key).map((detail) => invalid(path.child('labels'), key, detail)),
      ...isLabelValue(value).map((detail) => invalid(path.child('labels').key(key), value, detail)),
    ]),
    ...Object.keys(annotations).flatMap((key) =>
      isQualifiedName(key.toLowerCase()).map((detail) => invalid(path.child('annotations'), key, detail)),
    ),
  ];
}
