import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDead, type Owner, thisProcess } from './owner';

/** The file in such a folder that names its owner. */
export const OWNER = 'owner';
/** The end of the name of one that is being removed, which no other has. */
const GOING = '-';

/**
 * Makes a temporary folder of this process' own, its path beginning so; it may be removed by anybody after our end. `fill`
 * writes to it. If that fails, nothing of it stays.
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

/** Removes the folder. Who still writes to it cannot keep it from becoming empty: there is none of that name any more. */
export function removeOwned(folder: string): void {
  const going = `${folder}${GOING}`;
  try {
    renameSync(folder, going);
    rmSync(going, { recursive: true, force: true });
  } catch {
    // Somebody else is at it, or the next run will be.
  }
}

/**
 * Removes of the folders whose paths begin so those that a process has left which is dead for certain, and what of them it
 * had begun to remove.
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
    // It is being made, it is gone already, or another user's.
  }
}

function ownerOf(folder: string): Owner {
  return JSON.parse(readFileSync(path.join(folder, OWNER), 'utf8')) as Owner;
}
