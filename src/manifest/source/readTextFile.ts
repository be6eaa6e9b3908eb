import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { ManifestError } from '../error';
import { FILE_BYTES_MAX, FILE_TOO_LARGE } from '../limits';
import { homeOf, isDescriptor, leavesByLink } from './links';

const CHUNK_BYTES = 1_048_576;

/**
 * Returns the text of a file, or of a pipe that the shell passed; a link may not lead out of `folder`. Throws a {@link
 * ManifestError} for a file that cannot be read or is not text.
 */
export function readTextFile(file: string, folder?: string): string {
  try {
    if (!isDescriptor(file)) refuseLink(file, folder);
    refuseOther(statSync(file), file);
    return new TextDecoder('utf-8', { fatal: true }).decode(readAll(file));
  } catch (cause) {
    if (cause instanceof ManifestError) throw cause;
    throw new ManifestError([{ detail: formatReadFailure(file, cause) }], file || '""', { cause });
  }
}

/** Throws a {@link ManifestError} for a file or folder that is, or lies behind, a link out of `folder`. */
export function refuseLink(file: string, folder = homeOf(file)): void {
  if (!leavesByLink(file, folder)) return;
  const relative = path.relative('', folder);
  const detail = `is a link out of ${relative === '' ? 'the working directory' : `the folder ${relative}`}`;
  throw new ManifestError([{ detail, advice: 'replace the link with the file' }], file);
}

/** Throws for a device or a named pipe, because reading it may never end. */
function refuseOther(stats: Stats, file: string): void {
  const kind =
    stats.isCharacterDevice() || stats.isBlockDevice()
      ? 'device'
      : stats.isSocket()
        ? 'socket'
        : stats.isFIFO() && !isDescriptor(file)
          ? 'named pipe'
          : undefined;
  if (kind) throw new ManifestError([{ detail: `is a ${kind}, not a file` }], file);
}

function readAll(file: string): Buffer {
  // Opening a named pipe without a writer would wait for one. The check before could be about another file.
  const opened = openSync(file, constants.O_RDONLY | (isDescriptor(file) ? 0 : constants.O_NONBLOCK));
  try {
    refuseOther(fstatSync(opened), file);
    const chunks: Buffer[] = [];
    for (let size = 0; ; ) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const length = readSync(opened, chunk);
      if (length === 0) return Buffer.concat(chunks);
      size += length;
      if (size > FILE_BYTES_MAX) throw new ManifestError([{ detail: FILE_TOO_LARGE }], file);
      chunks.push(chunk.subarray(0, length));
    }
  } finally {
    closeSync(opened);
  }
}

function formatReadFailure(file: string, cause: unknown): string {
  // In Jest's sandbox Node's errors are not instances of the Error seen here.
  const { code, message } = cause as NodeJS.ErrnoException;
  if (file.trim() === '') return 'the manifest is empty. Pass the path of a file, YAML text or an object';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return `no such file in ${process.cwd()}. If this is YAML text, it must contain a line break or a mapping`;
  }
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'not text: it is not valid UTF-8';
  return `cannot be read: ${message}`;
}
