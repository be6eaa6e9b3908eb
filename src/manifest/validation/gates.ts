import { type FieldError, invalid } from '../values/fieldError';
import type { FieldPath } from '../values/fieldPath';
import type { Unchecked } from '../values/uncheckedManifest';
import { isQualifiedName } from './names';

const SYSTEM_CONDITIONS = new Set(['PodScheduled', 'Ready', 'Initialized']);

/** Source: validation.go `validateReadinessGates`. */
export function validateReadinessGates(
  readinessGates: readonly Unchecked<{ readonly conditionType: string }>[],
  path: FieldPath,
): FieldError[] {
  return readinessGates.flatMap(({ conditionType = '' }, index) =>
    isQualifiedName(conditionType).map((detail) =>
      invalid(path.index(index).child('conditionType'), conditionType, detail),
    ),
  );
}

/**
 * Returns the errors of the conditions in a pod's status: Kubernetes' own, or custom ones with a qualified name.
 *
 * Source: validation.go `validatePodConditions`, whose field is spelled `Type`.
 */
export function validatePodConditions(
  conditions: readonly Unchecked<{ readonly type: string }>[],
  path: FieldPath,
): FieldError[] {
  return conditions.flatMap(({ type = '' }, index) =>
    SYSTEM_CONDITIONS.has(type)
      ? []
      : isQualifiedName(type).map((detail) => invalid(path.index(index).child('Type'), type, detail)),
  );
}
