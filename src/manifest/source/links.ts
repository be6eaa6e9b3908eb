import { readdirSync, readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** Linux gives up on a chain of links that is longer. */
const LINKS_MAX = 40;
/** A file that the shell opened and handed down, as `<(command)` does. It is a pipe and has no path of its own. */
const DESCRIPTOR = /^\/(dev\/(fd\/\d+|stdin)|proc\/self\/fd\/\d+)$/;

/** True for the name of an open file of this process, such as `/dev/fd/63`. */
export function isDescriptor(file: string): boolean {
  return DESCRIPTOR.test(file);
}

/** True if `file` is written as a path inside `folder`. Links are not followed. */
export function isInside(folder: string, file: string): boolean {
  const from = path.relative(path.resolve(folder), path.resolve(file));
  return from !== '..' && !from.startsWith(`..${path.sep}`) && !path.isAbsolute(from);
}

/**
 * Returns the folder that a file may not leave by a link: the working directory, or for a path that is written as one
 * outside of it the file's own folder. A path that the user types is trusted, a link that the folder brings is not.
 */
export function homeOf(file: string, workingDirectory = process.cwd()): string {
  return isInside(workingDirectory, file) ? workingDirectory : path.dirname(path.resolve(file));
}

/** True if following links leads out of `folder`. The file does not need to exist. */
export function leavesByLink(file: string, folder = homeOf(file)): boolean {
  return !isInside(realPathOf(folder), realPathOf(file));
}

/** Returns the first link below a folder that leads out of `home`, and undefined if there is none. */
export function firstLinkOut(folder: string, home: string): string | undefined {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    const leaves = entry.isSymbolicLink() && leavesByLink(file, home);
    const found = entry.isDirectory() ? firstLinkOut(file, home) : leaves ? file : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Follows every link, also one whose target does not exist yet: writing to it would make the target. */
function realPathOf(file: string, linksLeft = LINKS_MAX): string {
  const whole = path.resolve(file);
  try {
    return realpathSync(whole);
  } catch {
    const parent = path.dirname(whole);
    if (parent === whole) return whole;
    const target = linksLeft > 0 ? targetOf(whole) : undefined;
    const folder = realPathOf(parent, linksLeft);
    return target === undefined
      ? path.join(folder, path.basename(whole))
      : realPathOf(path.resolve(folder, target), linksLeft - 1);
  }
}

function targetOf(file: string): string | undefined {
  try {
    return readlinkSync(file);
  } catch {
    return undefined;
  }
}
