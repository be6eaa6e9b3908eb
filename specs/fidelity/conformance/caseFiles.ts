import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { listOf, oneOf, type Words, wordsOf } from './subjects/words';

/** A case as in its file. Its content is checked when it runs. */
export interface Case {
  readonly id: string;
  readonly kind: 'timeline' | 'function' | 'sequence';
  readonly subject: string | undefined;
  readonly given: Words;
  readonly when: Words;
  readonly then: unknown;
}

/** An invalid case, such as one with an unknown word or a duplicate id, or a file that does not parse. It fails. */
export interface Malformed {
  readonly id: string;
  readonly problem: string;
  readonly given?: unknown;
}

export interface CaseFile {
  /** Its name without the directory. */
  readonly name: string;
  readonly cases: readonly (Case | Malformed)[];
}

const CASE = ['id', 'source', 'level', 'kind', 'subject', 'tags', 'given', 'when', 'then', 'notes'];
const KINDS = ['timeline', 'function', 'sequence'] as const;

/**
 * Reads every `*.yaml` of the directories, with ids that are unique over all of them. Throws if a directory cannot be
 * read, or has no such file.
 */
export function readCaseFiles(directories: readonly string[]): readonly CaseFile[] {
  const firstSeenIn = new Map<string, string>();
  return directories.flatMap((directory) => {
    const names = readdirSync(directory)
      .filter((name) => /\.ya?ml$/.test(name))
      .sort();
    if (names.length === 0) throw new Error(`no case files (*.yaml) in ${directory}`);
    return names.map((name) => readCaseFile(directory, name, firstSeenIn));
  });
}

function readCaseFile(directory: string, name: string, firstSeenIn: Map<string, string>): CaseFile {
  try {
    const { cases } = wordsOf(name, parse(readFileSync(path.join(directory, name), 'utf8')), ['cases']);
    return { name, cases: listOf(`${name}: cases`, cases).map((one, index) => unique(one, index, name, firstSeenIn)) };
  } catch (cause) {
    return { name, cases: [{ id: name, problem: (cause as Error).message }] };
  }
}

function unique(value: unknown, index: number, file: string, firstSeenIn: Map<string, string>): Case | Malformed {
  const read = readCase(value, `${file}: case ${index + 1}`);
  const first = firstSeenIn.get(read.id);
  if (first !== undefined) {
    return { id: read.id, given: read.given, problem: `this id is already taken, by a case in ${first}` };
  }
  firstSeenIn.set(read.id, file);
  return read;
}

function readCase(value: unknown, where: string): Case | Malformed {
  const id = (value as { readonly id?: unknown } | null)?.id;
  if (typeof id !== 'string' || id === '') return { id: where, problem: 'a case needs an id' };
  try {
    const { kind, level, subject, tags, source, given, when, then } = wordsOf('case', value, CASE);
    oneOf('level', level, ['e2e', 'unit']);
    wordsOf('source', source, ['file', 'test']);
    for (const tag of listOf('tags', tags ?? [])) if (typeof tag !== 'string') throw new Error(`tags: ${tag}`);
    return {
      id,
      kind: oneOf('kind', kind, KINDS),
      subject: subject === undefined ? undefined : String(subject),
      given: mapOf('given', given),
      when: mapOf('when', when),
      then,
    };
  } catch (cause) {
    return { id, given: (value as Words).given, problem: (cause as Error).message };
  }
}

function mapOf(where: string, value: unknown): Words {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${where}: expected a map, got ${JSON.stringify(value)}`);
  }
  return value as Words;
}
