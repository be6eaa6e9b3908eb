import type { FieldPath } from './fieldPath';

/** Type of an error in a value. */
export type FieldErrorType =
  | 'Required'
  | 'Invalid'
  | 'NotSupported'
  | 'Forbidden'
  | 'Duplicate'
  | 'TooMany'
  | 'NotFound';

/** Error for which Kubernetes rejects a manifest. */
export interface FieldError {
  readonly type: FieldErrorType;
  readonly path: FieldPath;
  /** Absent where the message shows none. */
  readonly value?: unknown;
  readonly detail: string;
  /** Fix, if Kubernetes does not name one. */
  readonly advice?: string;
}

/** The names of the types in messages. */
const LABELS: Readonly<Record<FieldErrorType, string>> = {
  Required: 'Required value',
  Invalid: 'Invalid value',
  NotSupported: 'Unsupported value',
  Forbidden: 'Forbidden',
  Duplicate: 'Duplicate value',
  TooMany: 'Too many',
  NotFound: 'Not found',
};

const VALUE_LENGTH_MAX = 80;

export function makeRequired(path: FieldPath, detail = '', advice?: string): FieldError {
  return { type: 'Required', path, detail, ...(advice === undefined ? {} : { advice }) };
}

export function invalid(path: FieldPath, value: unknown, detail: string): FieldError {
  return { type: 'Invalid', path, value, detail };
}

/** Returns the error of an unsupported value, with `supported` in the order given. */
export function notSupported(path: FieldPath, value: unknown, supported: readonly string[]): FieldError {
  return { type: 'NotSupported', path, value, detail: `supported values: ${supported.map(quote).join(', ')}` };
}

export function forbidden(path: FieldPath, detail: string): FieldError {
  return { type: 'Forbidden', path, detail };
}

export function duplicate(path: FieldPath, value: unknown): FieldError {
  return { type: 'Duplicate', path, value, detail: '' };
}

export function notFound(path: FieldPath, value: unknown): FieldError {
  return { type: 'NotFound', path, value, detail: '' };
}

export function tooMany(path: FieldPath, actual: number, most: number): FieldError {
  return { type: 'TooMany', path, value: actual, detail: `must have at most ${most} items` };
}

/**
 * Returns `Invalid value: 3: must be 1`: type, value if there is one, and detail.
 *
 * Source: apimachinery field/errors.go `ErrorBody`.
 */
export function bodyOf({ type, value, detail }: Omit<FieldError, 'path'>): string {
  return [LABELS[type], ...(value === undefined ? [] : [showValue(value)]), ...(detail === '' ? [] : [detail])].join(
    ': ',
  );
}

function showValue(value: unknown): string {
  const text = typeof value === 'object' ? asJson(value) : typeof value === 'string' ? quote(value) : String(value);
  return text.length > VALUE_LENGTH_MAX ? `${text.slice(0, VALUE_LENGTH_MAX)}…` : text;
}

/** Returns a value as JSON, if it is a tree: an object of the caller's may be anything. */
function asJson(value: object | null): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

function quote(text: string): string {
  return JSON.stringify(text);
}

/** Returns the errors of items whose key an item before them has already. */
export function duplicates(keys: readonly (string | undefined)[], at: (index: number) => FieldPath): FieldError[] {
  const seen = new Set<string>();
  return keys.flatMap((key, index) => {
    if (!key) return [];
    if (seen.has(key)) return [duplicate(at(index), key)];
    seen.add(key);
    return [];
  });
}
