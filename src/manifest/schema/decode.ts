import type { FieldError } from '../values/fieldError';
import { notSupported } from '../values/fieldError';
import type { FieldPath } from '../values/fieldPath';
import { parseQuantity } from '../values/quantity';
import { adviseOnField } from './advise';
import { resolveSchema, type Schema } from './schema';

/** Value in the wrong place, or a field that does not exist. */
export interface StructuralError extends Omit<FieldError, 'type'> {
  /** Absent for a field that does not exist. */
  readonly type?: 'Invalid';
  /** Beside a field that does not exist: the one that was probably meant. */
  readonly meant?: string;
}

export interface Decoded {
  /** The value as the API server would store it: without nulls, quantities as text; and without what is wrong. */
  readonly value: unknown;
  readonly errors: readonly StructuralError[];
  /** Words that a field does not accept. If another rule checks the field, only that rule counts. */
  readonly unsupported: readonly FieldError[];
}

const QUANTITY = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const INT32 = 2 ** 31;
// A similar name is looked up in the whole schema, which takes time.
const ADVISED_MAX = 50;

/**
 * Takes a value apart by its schema, as the API server's decoder does with strict field validation: null is the same as
 * absent, an unknown field and a value of the wrong type are errors.
 *
 * Source: apimachinery runtime/serializer/json; `fieldValidation: Strict`, which kubectl asks for.
 */
export function decode(value: unknown, schema: Schema, path: FieldPath): Decoded {
  const errors: StructuralError[] = [];
  const unsupported: FieldError[] = [];
  const root = schema;
  return { value: take(value, schema, path), errors, unsupported };

  function take(written: unknown, by: Schema, at: FieldPath): unknown {
    const type = resolveSchema(by);
    if (typeof type === 'string') return takeScalar(written, type, at);
    if ('enum' in type) return takeWord(written, type.enum, at);
    if ('list' in type) return takeList(written, type.list, at);
    return takeMapping(written, type, at);
  }

  function takeScalar(written: unknown, type: Extract<Schema, string>, at: FieldPath): unknown {
    const error = scalarError(written, type);
    if (error) errors.push({ type: 'Invalid', path: at, value: written, ...error });
    if (error) return undefined;
    return type === 'quantity' ? String(written) : written;
  }

  function takeWord(written: unknown, words: readonly string[], at: FieldPath): unknown {
    const word = takeScalar(written, 'string', at);
    if (typeof word === 'string' && word !== '' && !words.includes(word))
      unsupported.push(notSupported(at, word, words));
    return word;
  }

  function takeList(written: unknown, item: Schema, at: FieldPath): unknown {
    if (Array.isArray(written)) {
      return written.map((one: unknown, index) => take(one ?? empty(item), item, at.index(index)));
    }
    const advice = isMapping(written) ? { advice: 'begin each item with "- "' } : {};
    errors.push({ type: 'Invalid', path: at, value: written, detail: 'must be a list', ...advice });
    return [];
  }

  function takeMapping(
    written: unknown,
    type: { readonly fields: Readonly<Record<string, Schema>> } | { readonly map: Schema },
    at: FieldPath,
  ): unknown {
    if (!isMapping(written)) {
      errors.push({ type: 'Invalid', path: at, value: written, detail: 'must be a mapping' });
      return {};
    }
    const given = Object.entries(written).filter(([, one]) => one !== null && one !== undefined);
    const taken = given.map(([name, one]) => {
      if ('map' in type) return [name, take(one, type.map, at.key(name))];
      const field = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
      if (field) return [name, take(one, field, at.child(name))];
      const advice = errors.length < ADVISED_MAX ? adviseOnField(name, type, root) : {};
      errors.push({ path: at.child(name), detail: 'unknown field', ...advice });
      return [];
    });
    return Object.fromEntries(taken.filter(([name, one]) => name !== undefined && one !== undefined));
  }
}

function scalarError(
  value: unknown,
  type: Extract<Schema, string>,
): { readonly detail: string; readonly advice?: string } | undefined {
  switch (type) {
    case 'string':
      if (typeof value === 'string') return undefined;
      return { detail: 'must be a string', ...adviseTo(isScalar(value), quoteAdvice(value)) };
    case 'boolean':
      if (typeof value === 'boolean') return undefined;
      return {
        detail: 'must be true or false',
        ...adviseTo(isWord(value, /^(true|false)$/), `write ${value} without quotes`),
      };
    case 'int-or-string':
      return typeof value === 'string' || isInteger(value, INT32)
        ? undefined
        : { detail: 'must be an integer or a string' };
    case 'quantity':
      if (isScalar(value) && typeof value !== 'boolean' && parseQuantity(String(value))) return undefined;
      return { detail: QUANTITY, advice: 'use a quantity such as 0.5, 500m or 128Mi' };
    case 'int32':
      return integerError(value, INT32);
    case 'int64':
      return integerError(value, 2 ** 63);
    case 'number':
      return typeof value === 'number' ? undefined : { detail: 'must be a number' };
    case 'object':
      return isMapping(value) ? undefined : { detail: 'must be a mapping' };
    case 'any':
      return undefined;
  }
}

function integerError(
  value: unknown,
  bound: number,
): { readonly detail: string; readonly advice?: string } | undefined {
  if (isInteger(value, bound)) return undefined;
  if (isInteger(value, Number.POSITIVE_INFINITY)) return { detail: `must fit into ${bound === INT32 ? 32 : 64} bits` };
  return { detail: 'must be an integer', ...adviseTo(isWord(value, /^-?\d+$/), `write ${value} without quotes`) };
}

function quoteAdvice(value: unknown): string {
  return typeof value === 'boolean'
    ? 'put it in quotes: yes, no, on, off, y and n are booleans in YAML'
    : 'put it in quotes';
}

function adviseTo(apt: boolean, advice: string): { readonly advice?: string } {
  return apt ? { advice } : {};
}

function empty(schema: Schema): unknown {
  const type = resolveSchema(schema);
  return typeof type === 'object' && !('enum' in type) ? ('list' in type ? [] : {}) : '';
}

function isInteger(value: unknown, bound: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= -bound && value < bound;
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isWord(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
