import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { ManifestError } from './error';

// No manifest is larger, not even with all the definitions of custom resources that a chart brings along.
const BYTES_MAX = 67_108_864;
const CHUNK_BYTES = 1_048_576;

/** The text of a file, or of a pipe. Throws a {@link ManifestError} for what cannot be read, or is no text. */
export function readTextFile(path: string): string {
  try {
    // A device may go on for ever.
    if (statSync(path).isCharacterDevice()) throw new ManifestError([{ detail: 'a device, not a file' }], path);
    return new TextDecoder('utf-8', { fatal: true }).decode(readAll(path));
  } catch (cause) {
    if (cause instanceof ManifestError) throw cause;
    throw new ManifestError([{ detail: whyUnread(path, cause) }], path || '""', { cause });
  }
}

function readAll(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const chunks: Buffer[] = [];
    for (let size = 0; ; ) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const length = readSync(file, chunk);
      if (length === 0) return Buffer.concat(chunks);
      size += length;
      if (size > BYTES_MAX) throw new ManifestError([{ detail: 'more than 64 MB, which is no manifest' }], path);
      chunks.push(chunk.subarray(0, length));
    }
  } finally {
    closeSync(file);
  }
}

function whyUnread(path: string, cause: unknown): string {
  // In Jest's sandbox Node's errors are not instances of the Error seen here.
  const { code, message } = cause as NodeJS.ErrnoException;
  if (path.trim() === '') return 'a manifest is the path to a file, or YAML text, or an object; this is empty';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return `no such file in ${process.cwd()}; YAML text has a line break or is a mapping`;
  }
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'not text: it is not UTF-8';
  return `cannot be read: ${message}`;
}
