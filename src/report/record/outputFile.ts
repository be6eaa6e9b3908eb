import { randomBytes } from 'node:crypto';
import { chmodSync, realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { getSystemErrorMessage } from 'node:util';

/** Text that is too large for a full disk. */
const TRIAL = ' '.repeat(4_096);

const FIXES: Readonly<Record<string, string>> = {
  ENOSPC: 'Free space on its disk, or name a file on another one',
  EDQUOT: 'Free space in your quota, or name a file on another disk',
  ENOENT: 'Create its folder, or name a file in a folder that exists',
  ENOTDIR: 'Name a file in a folder',
  EISDIR: 'Name a file, not a folder',
};
const OTHER_FIX = 'Name a file in a folder that you can write to';

/** Error of an output file that cannot be written. */
export class OutputError extends Error {
  override readonly name = 'OutputError';

  constructor(file: string, cause: unknown) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    super(`${file}: cannot be written: ${formatReason(cause)}. ${FIXES[code] ?? OTHER_FIX}`, { cause });
  }
}

/** Error of a temporary folder that cannot be used. */
export class TemporaryFolderError extends Error {
  override readonly name = 'TemporaryFolderError';

  constructor(folder: string, cause?: unknown) {
    const why = cause === undefined ? '' : `: ${formatReason(cause)}`;
    super(`${folder}: cannot be written${why}. Free space on its disk, or set TMPDIR to a folder on another one`, {
      ...(cause !== undefined && { cause }),
    });
  }
}

/** Returns the text of a system error, such as `no space left on device`, or the message of any other error. */
function formatReason(cause: unknown): string {
  const { errno, message } = cause as NodeJS.ErrnoException;
  return errno === undefined ? message : getSystemErrorMessage(errno);
}

/**
 * Checks that a file can be written, before the work that produces it. Leaves no file behind.
 *
 * @throws OutputError if the file cannot be written.
 */
export function checkOutput(file: string): void {
  into(file, ({ target, stats }) => {
    if (!isSpecial(stats)) writeBeside(target, TRIAL, () => {});
  });
}

/**
 * Writes a file completely or not at all, by renaming a temporary file. Devices and pipes are written directly.
 *
 * @throws OutputError if that fails. A file that was there before stays as it was.
 */
export function writeOutput(file: string, text: string): void {
  into(file, ({ target, stats }) => {
    if (isSpecial(stats)) return writeFileSync(target, text);
    writeBeside(target, text, (made) => {
      if (stats) chmodSync(made, stats.mode);
      renameSync(made, target);
    });
  });
}

interface Target {
  readonly target: string;
  /** Undefined if there is no such file yet. */
  readonly stats: Stats | undefined;
}

function into(file: string, write: (to: Target) => void): void {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats?.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
    // A symbolic link stays, and its target is written.
    write({ target: stats?.isFile() ? realpathSync(file) : file, stats });
  } catch (cause) {
    throw new OutputError(file, cause);
  }
}

function isSpecial(stats: Stats | undefined): boolean {
  return stats !== undefined && !stats.isFile();
}

function writeBeside(target: string, text: string, onWritten: (made: string) => void): void {
  const made = path.join(path.dirname(target), `.jest-kubelet-${randomBytes(6).toString('hex')}.tmp`);
  try {
    writeFileSync(made, text, { flag: 'wx', flush: true });
    onWritten(made);
  } finally {
    rmSync(made, { force: true });
  }
}
