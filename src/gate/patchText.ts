import path from 'node:path';
import { formatPatch, structuredPatch } from 'diff';
import { isFileName } from '../manifest/source/isFileName';
import type { EditedText } from '../manifest/source/yaml/edit';
import { FieldPath } from '../manifest/values/fieldPath';
import type { Workload } from '../manifest/workload/workloads';
import { asYAML, changesOf, type Patch, type PatchPath } from './model/patch';

/** A patch for a user to apply. */
export interface PatchText {
  /** Strategic merge patch of the workload, for `kubectl patch --patch-file` and kustomize. */
  readonly yaml: string;
  /** Unified diff of the manifest. Absent if the manifest is not a file, such as a rendered chart. */
  readonly diff?: string;
}

/** Writes a patch for the workload that a pod comes from. */
export function patchTextFor(patch: Patch, { kind, name, document }: Workload): PatchText {
  const { apiVersion, template } = kind;
  const head = { apiVersion, kind: kind.kind, metadata: { name } };
  const yaml = asYAML(patch, head, template.segments.map(String));
  const edits = changesOf(patch).map(({ path: at, value }) => ({
    path: template.child('spec').join(toFieldPath(at, document.value, template)),
    value,
  }));
  const edited = document.edit?.(edits);
  return { yaml, ...(edited && isFileName(edited.file) && { diff: diffOf(edited) }) };
}

/** Returns the path of a field in the written object, where a container has an index. */
function toFieldPath(steps: PatchPath, value: unknown, template: FieldPath): FieldPath {
  let node = template.child('spec').segments.reduce(childOf, value);
  return steps.reduce<FieldPath>((field, step) => {
    const index = typeof step === 'string' ? -1 : indexIn(node, step.name);
    node = childOf(node, typeof step === 'string' ? step : index);
    return typeof step === 'string' ? field.child(step) : field.index(index);
  }, FieldPath.ROOT);
}

function childOf(node: unknown, step: string | number): unknown {
  return typeof node === 'object' && node !== null ? (node as Record<string | number, unknown>)[step] : undefined;
}

function indexIn(node: unknown, name: string): number {
  return Array.isArray(node) ? node.findIndex((item) => childOf(item, 'name') === name) : -1;
}

function diffOf({ file, linesBefore, before, after }: EditedText): string {
  const [a, b] = path.isAbsolute(file) ? [file, file] : [`a/${file}`, `b/${file}`];
  const patch = structuredPatch(a, b, before, after);
  const hunks = patch.hunks.map((hunk) => ({
    ...hunk,
    oldStart: hunk.oldStart + linesBefore,
    newStart: hunk.newStart + linesBefore,
  }));
  return formatPatch({ ...patch, hunks }).replace(/^=+\n/, '');
}
