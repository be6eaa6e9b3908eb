import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { ManifestError } from '../error';
import { FieldPath } from '../values/fieldPath';
import { readTextFile, refuseLink } from './readTextFile';
import { renderSync } from './renderSync';
import { commandOf, isToolSource, type Rendered, type ToolSource } from './tools';
import { parseYaml, type SourceDocument } from './yaml/parse';

/**
 * Source of a manifest: a path of a file or folder, YAML text (with a line break, or a mapping), a parsed object,
 * `helm(…)`, `kustomize(…)`, or several of them.
 */
export type ManifestSource = string | object | readonly (string | object)[];

export interface ReadSource {
  /** Name in messages. */
  readonly name: string;
  readonly documents: readonly SourceDocument[];
}

const TEXT = '<yaml>';
const OBJECT = 'manifest';
const PATH_MAX = 4096;
const NAMED_MAX = 3;
const MANIFEST_FILE = /\.(ya?ml|json)$/i;

/**
 * Reads a manifest, lists taken apart. Throws a {@link ManifestError} for an input that is not a file, not text, not
 * YAML or empty.
 */
export function readSource(source: ManifestSource): ReadSource {
  const parts = Array.isArray(source) ? source.map(readOne) : [readOne(source)];
  return takeApart({ name: nameOfAll(parts), documents: parts.flatMap(({ documents }) => documents) });
}

/** Reads YAML text that has a name of its own, such as `<stdin>`; as {@link readSource}. */
export function readNamedText(text: string, name: string): ReadSource {
  return takeApart({ name, documents: parseYaml(text, name) });
}

/** Reads what a tool has rendered; as {@link readSource}. */
export function readRendered(source: ToolSource, rendered: Rendered): ReadSource {
  const name = commandOf(source);
  if ('text' in rendered) return readNamedText(rendered.text, name);
  throw new ManifestError([rendered], name);
}

function takeApart({ name, documents }: ReadSource): ReadSource {
  const objects = documents.flatMap(itemsOf);
  if (objects.length === 0) throw new ManifestError([{ detail: 'contains no objects' }], name);
  return { name, documents: objects };
}

function nameOfAll(parts: readonly ReadSource[]): string {
  const names = [...new Set(parts.map(({ name }) => name))];
  if (names.length === 0) return OBJECT;
  return names.length > NAMED_MAX ? `${names.slice(0, NAMED_MAX).join(', ')}, …` : names.join(', ');
}

function readOne(source: unknown): ReadSource {
  if (typeof source === 'string') return readPathOrText(source);
  if (typeof source === 'object' && source !== null && isToolSource(source)) {
    return readRendered(source, renderSync(source));
  }
  return { name: OBJECT, documents: [{ value: source, locate: () => undefined }] };
}

function readPathOrText(source: string): ReadSource {
  if (isText(source)) return { name: TEXT, documents: parseYaml(source, TEXT) };
  const texts = isFolder(source) ? textsIn(source) : [[source, readTextFile(source)] as const];
  return { name: source, documents: texts.flatMap(([file, text]) => parseYaml(text, file)) };
}

/** Returns whether a source is a text and not a path: a path has no line break or NUL, and is not that long. */
function isText(source: string): boolean {
  if (/[\n\0]/.test(source) || source.length > PATH_MAX) return true;
  return /^\s*\{|:\s/.test(source) && !existsSync(source);
}

function isFolder(name: string): boolean {
  try {
    return statSync(name).isDirectory();
  } catch {
    // Reading it later reports why it failed.
    return false;
  }
}

/**
 * Returns the files of a folder as `kubectl apply -f` takes them: its own files alone, by name. None of them may be
 * elsewhere.
 */
function textsIn(folder: string): (readonly [string, string])[] {
  refuseLink(folder);
  const names = readdirSync(folder).filter((name) => MANIFEST_FILE.test(name));
  const files = names.sort().map((name) => path.join(folder, name));
  if (files.length > 0) return files.map((file) => [file, readTextFile(file, folder)] as const);
  throw new ManifestError([{ detail: 'contains no .yaml, .yml or .json files' }], folder);
}

/** Returns the objects of a `List`, each with its own places; any other document is itself. */
function itemsOf(document: SourceDocument): SourceDocument[] {
  const { value } = document;
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'List') return [document];
  const items = 'items' in value && Array.isArray(value.items) ? value.items : [];
  return items.flatMap((item: unknown, index) => {
    const prefix = FieldPath.of('items').index(index);
    return itemsOf({ value: item, locate: (at, part) => document.locate(prefix.join(at), part) });
  });
}
