import type { ResourceRequirements } from '../model';
import { type FieldError, invalid } from '../values/fieldError';
import type { FieldPath } from '../values/fieldPath';
import { formatQuantity, parseQuantity } from '../values/quantity';
import type { Unchecked } from '../values/uncheckedManifest';
import { isQualifiedName } from './names';

const STANDARD = ['cpu', 'memory', 'ephemeral-storage'];
const MAY_BE_LESS = new Set(STANDARD);

/**
 * Amounts are not negative, and a request is no more than its limit; what cannot be overcommitted (huge pages, devices)
 * is requested exactly.
 *
 * Source: validation.go `ValidateContainerResourceRequirements`.
 */
export function validateResources(resources: Unchecked<ResourceRequirements>, path: FieldPath): FieldError[] {
  const { limits = {}, requests = {} } = resources;
  return [
    ...validateList(limits, path.child('limits')),
    ...validateList(requests, path.child('requests')),
    ...Object.entries(requests).flatMap(([name, request]) => validateRequest(name, request, limits[name], path)),
  ];
}

function validateList(list: Readonly<Record<string, string | undefined>>, path: FieldPath): FieldError[] {
  return Object.entries(list).flatMap(([name, written]) => {
    const at = path.key(name);
    const quantity = parseQuantity(written ?? '');
    return [
      ...validateName(name, at),
      ...(quantity && quantity.nanos < 0n
        ? [invalid(at, formatQuantity(quantity), 'must be greater than or equal to 0')]
        : []),
    ];
  });
}

function validateName(name: string, path: FieldPath): FieldError[] {
  const errors = isQualifiedName(name);
  if (errors.length > 0) return errors.map((detail) => invalid(path, name, detail));
  if (name.includes('/') || name.startsWith('hugepages-') || STANDARD.includes(name)) return [];
  return [invalid(path, name, 'must be a standard resource for containers')];
}

function validateRequest(name: string, written = '', limited: string | undefined, path: FieldPath): FieldError[] {
  const request = parseQuantity(written);
  const limit = limited === undefined ? undefined : parseQuantity(limited);
  if (!request || !limit) return [];
  const shown = formatQuantity(request);
  const compared = `${name} limit of ${formatQuantity(limit)}`;
  if (!MAY_BE_LESS.has(name)) {
    return request.nanos === limit.nanos
      ? []
      : [invalid(path.child('requests'), shown, `must be equal to ${compared}`)];
  }
  return request.nanos <= limit.nanos
    ? []
    : [invalid(path.child('requests'), shown, `must be less than or equal to ${compared}`)];
}
