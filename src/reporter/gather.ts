import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PodRecord } from '../report/podRecord';
import { isDead, type Owner, thisProcess } from '../runtime/owner';

const PREFIX = 'jest-kubelet-records-';
const OWNER = 'owner';

/** The folder where the records of one run are gathered. */
export class Gathering {
  readonly folder: string;

  /** Sweeps away first what runs that were killed have left of theirs. */
  constructor(place = tmpdir()) {
    for (const name of readdirSync(place)) if (name.startsWith(PREFIX)) sweep(path.join(place, name));
    this.folder = mkdtempSync(path.join(place, PREFIX));
    writeFileSync(path.join(this.folder, OWNER), JSON.stringify(thisProcess()));
  }

  /** The records that were left there: by files, and in the order of their starts. */
  pods(): readonly PodRecord[] {
    return readdirSync(this.folder)
      .filter((name) => name !== OWNER)
      .sort()
      .map((name) => JSON.parse(readFileSync(path.join(this.folder, name), 'utf8')) as PodRecord)
      .sort((a, b) => compare(a.file, b.file));
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Removes a folder whose owner is dead for certain. What cannot be read or removed is somebody else's. */
function sweep(folder: string): void {
  try {
    const owner = JSON.parse(readFileSync(path.join(folder, OWNER), 'utf8')) as Owner;
    if (isDead(owner)) rmSync(folder, { recursive: true, force: true });
  } catch {
    // It is being made, it is gone already, or another user's.
  }
}

function compare(a = '', b = ''): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
