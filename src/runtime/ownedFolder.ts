import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDead, type Owner, thisProcess } from './owner';

/** The file in such a folder that names its owner. */
export const OWNER = 'owner';

/** Makes a temporary folder of this process' own; whoever finds it there after our end may remove it. */
export function makeOwned(prefix: string): string {
  const folder = mkdtempSync(prefix);
  writeFileSync(path.join(folder, OWNER), JSON.stringify(thisProcess()));
  return folder;
}

/** Removes a folder whose owner is dead for certain. What cannot be read or removed is somebody else's. */
export function removeIfLeft(folder: string): void {
  try {
    const owner = JSON.parse(readFileSync(path.join(folder, OWNER), 'utf8')) as Owner;
    if (isDead(owner)) removeOwned(folder);
  } catch {
    // It is being made, it is gone already, or another user's.
  }
}

/** Removes such a folder, whoever still writes to it: there is none of that name any more. */
export function removeOwned(folder: string): void {
  const renamed = `${folder}-`;
  renameSync(folder, renamed);
  rmSync(renamed, { recursive: true, force: true });
}
