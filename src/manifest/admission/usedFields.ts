import { isDeepStrictEqual } from 'node:util';
import type { PodSpec } from '../model';
import { FieldPath } from '../values/fieldPath';
import type { Unchecked } from '../values/uncheckedManifest';
import { BLOCKED_FIELDS, type BlockCode, IGNORED_FIELDS } from './fields';

/** Field that a pod's spec sets, by its name in the lists and by its path. */
export interface UsedField {
  readonly field: string;
  readonly path: FieldPath;
  readonly value: unknown;
}

/** Use of a field that is blocked. */
export interface BlockedUse {
  readonly code: BlockCode;
  /** Path in the pod's spec: `volumes[0].hostPath`. */
  readonly path: FieldPath;
  readonly detail: string;
  readonly advice: string;
}

/** Returns the blocked fields of a pod's spec, which need `allow`. */
export function findBlockedFields(spec: unknown): BlockedUse[] {
  const used = usedFields(spec);
  return BLOCKED_FIELDS.flatMap(({ field, allow, why, instead }) =>
    used
      .filter((use) => use.field === field)
      .flatMap(({ path, value }) => {
        const reason = why(value, spec as Unchecked<PodSpec>);
        if (reason === undefined) return [];
        const allowed = `pass allow: ['${allow}']`;
        const advice = instead === undefined ? allowed : `${instead}, or ${allowed}`;
        return [{ code: allow, path, detail: `blocked: ${reason}`, advice }];
      }),
  );
}

/**
 * Returns the ignored fields that a spec sets before defaults are filled in, each once. Values that every run has anyway are
 * left out.
 */
export function findIgnoredFields(spec: unknown): string[] {
  const used = usedFields(spec);
  return IGNORED_FIELDS.filter(({ field, anyhow }) =>
    used.some(({ field: name, value }) => name === field && !isNothing(value) && !isDeepStrictEqual(value, anyhow)),
  ).map(({ field }) => field);
}

/** Returns whether a value is empty. Many charts write it for an unset value. */
function isNothing(value: unknown): boolean {
  return isDeepStrictEqual(value, {});
}

/** Returns every field that a spec sets, with its own fields after it. */
export function usedFields(spec: unknown): UsedField[] {
  const used: UsedField[] = [];
  const visit = (value: unknown, field: string, path: FieldPath): void => {
    if (field !== '') used.push({ field, path, value });
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(item, `${field}[]`, path.index(index));
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) {
        const own = name === 'initContainers' ? 'containers' : name;
        visit(inner, field === '' ? own : `${field}.${own}`, path.child(name));
      }
    }
  };
  visit(spec, '', FieldPath.ROOT);
  return used;
}
