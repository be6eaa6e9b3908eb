import { existsSync, readFileSync } from 'node:fs';
import { ManifestError } from './error';
import { FieldPath } from './fieldPath';
import { parseYaml, type SourceDocument } from './yaml/parse';

/** A path to a file, YAML text (it has a line break, or is a mapping), an object already parsed, or several of them. */
export type ManifestSource = string | object | readonly object[];

export interface ReadSource {
  /** What messages call it. */
  readonly name: string;
  readonly documents: readonly SourceDocument[];
}

const TEXT = '<yaml>';
const OBJECT = 'manifest';
const PATH_MAX = 4096;

/** Reads a manifest, lists taken apart. Throws a {@link ManifestError} for what is no file, no text, no YAML or empty. */
export function readSource(source: ManifestSource): ReadSource {
  return takeApart(typeof source === 'string' ? readText(source) : readObjects(source));
}

/** Reads YAML text that has a name of its own, such as `<stdin>`; as {@link readSource}. */
export function readNamedText(text: string, name: string): ReadSource {
  return takeApart({ name, documents: parseYaml(text, name) });
}

function takeApart({ name, documents }: ReadSource): ReadSource {
  const objects = documents.flatMap(itemsOf);
  if (objects.length === 0) throw new ManifestError([{ detail: 'empty: there is no object in it' }], name);
  return { name, documents: objects };
}

function readObjects(source: object | readonly object[]): ReadSource {
  const values = Array.isArray(source) ? source : [source];
  return { name: OBJECT, documents: values.map((value: unknown) => ({ value, locate: () => undefined })) };
}

function readText(source: string): ReadSource {
  if (isText(source)) return { name: TEXT, documents: parseYaml(source, TEXT) };
  return { name: source, documents: parseYaml(readFile(source), source) };
}

/** No path has a line break or a NUL, or is that long; one with a colon and a blank may. */
function isText(source: string): boolean {
  if (/[\n\0]/.test(source) || source.length > PATH_MAX) return true;
  return /^\s*\{|:\s/.test(source) && !existsSync(source);
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ManifestError([{ detail: whyUnread(path, cause) }], path || '""', { cause });
  }
}

function whyUnread(path: string, cause: unknown): string {
  // In Jest's sandbox Node's errors are not instances of the Error seen here.
  const { code, message } = cause as NodeJS.ErrnoException;
  if (path.trim() === '') return 'a manifest is the path to a file, or YAML text, or an object; this is empty';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return `no such file in ${process.cwd()}; YAML text has a line break or is a mapping`;
  }
  if (code === 'EISDIR') return 'a directory; name a file in it';
  return `cannot be read: ${message}`;
}

/** The objects of a `List`, each with its own places; any other document is itself. */
function itemsOf(document: SourceDocument): SourceDocument[] {
  const { value } = document;
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'List') return [document];
  const items = 'items' in value && Array.isArray(value.items) ? value.items : [];
  return items.flatMap((item: unknown, index) => {
    const prefix = FieldPath.of('items').index(index);
    return itemsOf({ value: item, locate: (path, part) => document.locate(prefix.join(path), part) });
  });
}
