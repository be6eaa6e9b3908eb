import { closest, distance } from 'fastest-levenshtein';
import { resolveSchema, type Schema } from './schema';

type Mapping = { readonly fields: Readonly<Record<string, Schema>> };

/** Advice for a field that does not exist. */
export interface FieldAdvice {
  readonly advice?: string;
  /** The field beside it that was probably meant, or that it probably belongs in. */
  readonly meant?: string;
}

/** Looks for a name nearly the same, else for the place that the name belongs in. */
export function adviseOnField(name: string, here: Mapping, root: Schema): FieldAdvice {
  const near = nearest(name, Object.keys(here.fields));
  if (near) return { advice: `did you mean ${JSON.stringify(near)}?`, meant: near };
  const below = placeOf(name, here);
  if (below) return { advice: `it belongs in ${below}`, meant: below.replace(/[.[].*/, '') };
  const anywhere = placeOf(name, root);
  if (anywhere) return { advice: `it belongs in ${anywhere}` };
  return {};
}

/** Returns the most similar of `names`. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const sameLetters = names.find((one) => one.toLowerCase() === name.toLowerCase());
  if (sameLetters || names.length === 0 || name.length > 100) return sameLetters;
  const near = closest(name, names);
  return distance(name, near) <= Math.min(3, Math.floor((name.length + 2) / 3)) ? near : undefined;
}

/** Returns the shortest path to a mapping that has the field: `spec.containers[].livenessProbe`. */
function placeOf(name: string, root: Schema): string | undefined {
  let level: (readonly [path: string, schema: Schema])[] = [['', root]];
  for (let depth = 0; level.length > 0 && depth < 8; depth++) {
    const next: (readonly [path: string, schema: Schema])[] = [];
    for (const [path, schema] of level) {
      const type = resolveSchema(schema);
      if (typeof type === 'string' || 'enum' in type || 'map' in type) continue;
      if ('list' in type) next.push([`${path}[]`, type.list]);
      else if (path !== '' && Object.hasOwn(type.fields, name)) return path;
      else for (const [field, one] of Object.entries(type.fields)) next.push([path ? `${path}.${field}` : field, one]);
    }
    level = next;
  }
  return undefined;
}
