import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PodRecord } from '../report/podRecord';
import { makeOwned, OWNER, removeIfLeft, removeOwned } from '../runtime/ownedFolder';

const PREFIX = 'jest-kubelet-records-';

/** The folder where the records of one run are gathered. */
export class Gathering {
  readonly folder: string;

  /** Sweeps away first what runs that were killed have left of theirs. */
  constructor(place = tmpdir()) {
    for (const name of readdirSync(place)) if (name.startsWith(PREFIX)) removeIfLeft(path.join(place, name));
    this.folder = makeOwned(path.join(place, PREFIX));
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
    if (existsSync(this.folder)) removeOwned(this.folder);
  }
}

function compare(a = '', b = ''): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
