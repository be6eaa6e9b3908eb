import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  stringify,
  type YAMLMap,
} from 'yaml';
import type { FieldPath } from '../../values/fieldPath';

/** A field of a document and its new value. */
export interface FieldEdit {
  readonly path: FieldPath;
  readonly value: unknown;
}

/** A document's text before and after an edit. */
export interface EditedText {
  readonly file: string;
  /** The number of lines in the file before the text. */
  readonly linesBefore: number;
  readonly before: string;
  readonly after: string;
}

/**
 * Returns the text of a document with fields set, and everything else as it is written. Returns undefined if a place cannot
 * be found in it, for example behind an alias.
 */
export function editText(text: string, edits: readonly FieldEdit[]): string | undefined {
  return edits.reduce<string | undefined>((edited, edit) => edited && editOne(edited, edit), text);
}

function editOne(text: string, { path, value }: FieldEdit): string | undefined {
  const document: Document.Parsed = parseDocument(text, { stringKeys: true, uniqueKeys: false });
  if (document.errors.length > 0) return undefined;
  let node: unknown = document.contents;
  for (const [depth, segment] of path.segments.entries()) {
    if (isSeq(node) && typeof segment === 'number') {
      node = node.items[segment];
      continue;
    }
    if (!isMap(node) || typeof segment === 'number') return undefined;
    const pair: Pair | undefined = node.items.find(({ key }) => isScalar(key) && key.value === segment);
    if (!pair) return insertFields(text, node, nestValue(path.segments.slice(depth), value));
    node = pair.value;
  }
  const [start, end] = rangeOf(node) ?? [];
  if (!isScalar(node) || start === undefined || end === undefined) return undefined;
  return text.slice(0, start) + stringify(value).trimEnd() + text.slice(end);
}

/** Returns `{ a: { b: value } }` for the steps a and b; undefined if one of them is an item of a list. */
function nestValue(steps: readonly (string | number)[], value: unknown): unknown {
  if (steps.some((step) => typeof step === 'number')) return undefined;
  return steps.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value);
}

/** Returns the text with the fields after the last one of the mapping, in its own style. */
function insertFields(text: string, map: YAMLMap, fields: unknown): string | undefined {
  const [, end] = rangeOf(map) ?? [];
  if (fields === undefined || end === undefined) return undefined;
  if (map.flow) {
    const flow = stringify(fields, { collectionStyle: 'flow', lineWidth: 0 }).trim().slice(1, -1).trim();
    const body = text.slice(0, end - 1).trimEnd();
    return `${body}${map.items.length > 0 ? ', ' : ''}${flow}${text.slice(end - 1)}`;
  }
  const [first] = map.items;
  const [start] = rangeOf(first?.key) ?? [];
  if (start === undefined) return undefined;
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
  const body = text.slice(0, end).trimEnd();
  const comment = /^[ \t]*#[^\n]*/.exec(text.slice(body.length))?.[0] ?? '';
  const lines = stringify(fields).trimEnd().replaceAll('\n', `\n${indent}`);
  return `${body}${comment}\n${indent}${lines}${text.slice(body.length + comment.length)}`;
}

function rangeOf(node: unknown): Node['range'] {
  return (node as Node | undefined)?.range;
}
