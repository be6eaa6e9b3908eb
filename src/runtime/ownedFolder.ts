import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDead, type Owner, thisProcess } from './owner';

/** The file in such a folder that names its owner. */
export const OWNER = 'owner';
/** The end of the name of a folder that is being removed. No other folder's name ends so. */
const GOING = '-';

/**
 * Creates a temporary folder of this process whose path begins with `prefix`, and removes it again if `fill` fails to
 * write to it. Any process may remove it after this process has exited.
 */
export function makeOwned(prefix: string, fill: (folder: string) => void = () => {}): string {
  const folder = mkdtempSync(prefix);
  try {
    writeFileSync(path.join(folder, OWNER), JSON.stringify(thisProcess()));
    fill(folder);
    return folder;
  } catch (error) {
    removeOwned(folder);
    throw error;
  }
}

/** Removes the folder. It is renamed first, so that a process that still writes to it cannot delay the removal. */
export function removeOwned(folder: string): void {
  const going = `${folder}${GOING}`;
  try {
    renameSync(folder, going);
    rmSync(going, { recursive: true, force: true });
  } catch {
    // Another process is removing it, or the next run will.
  }
}

/**
 * Removes the folders whose paths begin with `prefix` and whose owner is certainly dead, and the folders whose removal
 * was interrupted.
 */
export function removeLeft(prefix: string): void {
  const { dir, base } = path.parse(prefix);
  for (const name of readdirSync(dir)) if (name.startsWith(base)) removeIfLeft(path.join(dir, name));
}

function removeIfLeft(folder: string): void {
  try {
    if (folder.endsWith(GOING)) rmSync(folder, { recursive: true, force: true });
    else if (isDead(ownerOf(folder))) removeOwned(folder);
  } catch {
    // It is being created, it has been removed already, or it belongs to another user.
  }
}

function ownerOf(folder: string): Owner {
  return JSON.parse(readFileSync(path.join(folder, OWNER), 'utf8')) as Owner;
}
