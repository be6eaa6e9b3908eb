import published from './kubernetes.json';

/** Schema of a value in a manifest. `int64` and the like are Kubernetes' formats; an `object` may contain anything. */
export type Schema =
  | 'string'
  | 'boolean'
  | 'int32'
  | 'int64'
  | 'number'
  | 'quantity'
  | 'int-or-string'
  | 'object'
  | 'any'
  | { readonly enum: readonly string[] }
  | { readonly fields: Readonly<Record<string, Schema>> }
  | { readonly list: Schema }
  | { readonly map: Schema }
  | { readonly ref: string };

/** Written down from kubernetes-models by scripts/schema.mjs: every field there is, and no other. */
const SCHEMAS = published as unknown as Readonly<Record<string, Schema>>;

/** Returns the schema of a kind, or of a type that several kinds share. */
export function schemaOf(name: string): Schema {
  const schema = SCHEMAS[name];
  if (!schema) throw new Error(`there is no schema of ${name}`);
  return schema;
}

/** Follows a reference. */
export function resolveSchema(schema: Schema): Exclude<Schema, { readonly ref: string }> {
  return typeof schema === 'object' && 'ref' in schema ? resolveSchema(schemaOf(schema.ref)) : schema;
}
