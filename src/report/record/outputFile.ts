import { randomBytes } from 'node:crypto';
import { chmodSync, realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { getSystemErrorMessage } from 'node:util';

/** Enough that a full disk has no room for it. */
const TRIAL = ' '.repeat(4_096);

const FIXES: Readonly<Record<string, string>> = {
  ENOSPC: 'Free space on its disk, or name a file on another one',
  EDQUOT: 'Free space in your quota, or name a file on another disk',
  ENOENT: 'Create its folder, or name a file in a folder that exists',
  ENOTDIR: 'Name a file in a folder',
  EISDIR: 'Name a file, not a folder',
};
const OTHER_FIX = 'Name a file in a folder that you can write to';

/** A file that was to be written cannot be. The message says which, why, and what to do. */
export class OutputError extends Error {
  override readonly name = 'OutputError';

  constructor(file: string, cause: unknown) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    super(`${file}: cannot be written: ${reasonOf(cause)}. ${FIXES[code] ?? OTHER_FIX}`, { cause });
  }
}

/** Something cannot be kept in the temporary folder. */
export class TemporaryFolderError extends Error {
  override readonly name = 'TemporaryFolderError';

  constructor(folder: string, cause?: unknown) {
    const why = cause === undefined ? '' : `: ${reasonOf(cause)}`;
    super(`${folder}: cannot be written${why}. Free space on its disk, or set TMPDIR to a folder on another one`, {
      ...(cause !== undefined && { cause }),
    });
  }
}

/** Returns the text of a system error, such as `no space left on device`; the message of any other error. */
function reasonOf(cause: unknown): string {
  const { errno, message } = cause as NodeJS.ErrnoException;
  return errno === undefined ? message : getSystemErrorMessage(errno);
}

/**
 * Checks that a file can be written, before the work whose result it is for. Leaves nothing behind.
 *
 * @throws OutputError if it cannot.
 */
export function checkOutput(file: string): void {
  into(file, ({ target, stats }) => {
    if (!isSpecial(stats)) writeBeside(target, TRIAL, () => {});
  });
}

/**
 * Writes a file whole or not at all: the text goes to a file beside it, which then gets its name. A device or a pipe is
 * written to.
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
    // A link stays, and what it leads to is written.
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
