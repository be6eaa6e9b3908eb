import { bodyOf, type FieldError } from '../../../../src/manifest/values/fieldError';

/** Returns errors as the API server prints them, one per line. */
export function errorTexts(errors: readonly FieldError[]): string[] {
  return errors.map((error) => `${error.path}: ${bodyOf(error)}`);
}
