import { stringify } from 'yaml';
import type { CauseId } from '../../timeline/failureCause';
import type { PatchFound } from '../../wording/gate/patches';
import type { Subject } from './subject';

/** The path of a field in the pod's spec: names of fields, and a container by its name. */
export type PatchPath = readonly (string | { readonly name: string })[];

/** A number, a word, or a whole field such as a probe. */
type Value = number | string | object;

interface Change {
  readonly path: PatchPath;
  readonly value: Value;
}

/** Change of a number in the manifest, and how it was found. A pod with this change has passed. */
export interface Patch extends Change {
  readonly found: PatchFound;
  /** Cause of the failure, which the success of this change shows. */
  readonly cause?: CauseId;
  /** Further changes that belong to it. */
  readonly more?: readonly Change[];
}

/** Returns all changes of a patch. */
export function changesOf({ path, value, more = [] }: Patch): readonly Change[] {
  return [{ path, value }, ...more];
}

/**
 * Returns a strategic merge patch for `kubectl patch` and kustomize, which merge containers by name. `template` is the path
 * of the pod template, and `head` has the fields that identify the object.
 */
export function asYAML(patch: Patch, head: object = {}, template: readonly string[] = []): string {
  const spec: Tree = {};
  for (const change of changesOf(patch)) put(spec, change.path, change.value);
  return stringify({ ...head, ...template.reduceRight<object>((inner, step) => ({ [step]: inner }), { spec }) });
}

/** Returns the path of a container's field. */
export function pathIn({ pod: { spec } }: Subject, container: string, ...fields: readonly string[]): PatchPath {
  const list = spec.containers.some(({ name }) => name === container) ? 'containers' : 'initContainers';
  return [list, { name: container }, ...fields];
}

interface Tree {
  [field: string]: unknown;
}

function put(tree: Tree, [step, ...rest]: PatchPath, value: Value): void {
  if (typeof step !== 'string') return;
  const [next, ...deeper] = rest;
  if (next === undefined) {
    tree[step] = value;
  } else if (typeof next === 'string') {
    tree[step] ??= {};
    put(tree[step] as Tree, rest, value);
  } else {
    tree[step] ??= [];
    const items = tree[step] as Tree[];
    const known = items.find(({ name }) => name === next.name);
    const item = known ?? { name: next.name };
    if (!known) items.push(item);
    put(item, deeper, value);
  }
}
