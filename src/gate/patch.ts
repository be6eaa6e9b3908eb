import { stringify } from 'yaml';

/** A change to a number of the manifest, and how it was found. */
export interface Patch {
  /** The path of the field in the pod's spec: names of fields, and a container by its name. */
  readonly path: readonly (string | { readonly name: string })[];
  readonly value: number;
  /** `startup took 41 s; 5 s × 9 = 45 s` */
  readonly sum: string;
}

/**
 * The change as a strategic merge patch of the pod's spec, as `kubectl patch` takes it: a list of containers is merged by
 * their names.
 */
export function asYAML({ path, value }: Patch): string {
  const content = path.reduceRight<unknown>((inner, step) => {
    return typeof step === 'string' ? { [step]: inner } : [{ name: step.name, ...(inner as object) }];
  }, value);
  return stringify({ spec: content });
}
