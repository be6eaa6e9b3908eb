import { secretsIn } from '../manifest/config/configObjects';
import { ManifestError } from '../manifest/error';
import { FILE_BYTES_MAX, FILE_TOO_LARGE } from '../manifest/limits';
import { type ReadSource, readNamedText, readSource } from '../manifest/source/source';
import { hiderOf } from '../masking/masker';
import type { Console } from './console';

const STDIN = '<stdin>';

/** The readable files as one manifest, because a Service in one file selects the pods of another. */
export interface Inputs {
  readonly read: ReadSource | undefined;
  /** Errors of the other files. */
  readonly errors: readonly ManifestError[];
}

/** Reads files. `-` is stdin. */
export async function readInputs(names: readonly string[], console: Console): Promise<Inputs> {
  const sources: ReadSource[] = [];
  const errors: ManifestError[] = [];
  for (const name of new Set(names)) {
    try {
      sources.push(name === '-' ? readNamedText(await readText(console.in), STDIN) : readSource(name));
    } catch (error) {
      if (!(error instanceof ManifestError)) throw error;
      errors.push(error);
    }
  }
  const secrets = secretsIn(sources.flatMap(({ documents }) => documents));
  if (Object.keys(secrets).length > 0) console.hide?.(hiderOf({ secrets }));
  const [first, ...others] = sources;
  const name = others.length > 0 ? sources.map((source) => source.name).join(', ') : (first?.name ?? '');
  return { read: first && { name, documents: sources.flatMap(({ documents }) => documents) }, errors };
}

/**
 * Reads files as one manifest.
 *
 * @throws ManifestError with the problems of all files.
 */
export async function readTogether(names: readonly string[], console: Console): Promise<ReadSource> {
  const { read, errors } = await readInputs(names, console);
  const [error, ...others] = errors;
  if (error && others.length === 0) throw error;
  if (error)
    throw new ManifestError(
      errors.flatMap(({ problems }) => problems),
      error.source,
    );
  return read ?? { name: '', documents: [] };
}

async function readText(stream: Console['in']): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    // Fail immediately, because such an input may never end.
    if (bytes.includes(0)) throw new ManifestError([{ detail: 'not text: it contains NUL bytes' }], STDIN);
    size += bytes.length;
    if (size > FILE_BYTES_MAX) throw new ManifestError([{ detail: FILE_TOO_LARGE }], STDIN);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
