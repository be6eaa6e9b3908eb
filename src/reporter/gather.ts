import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PodRecord } from '../report/podRecord';
import { makeOwned, OWNER, removeLeft, removeOwned } from '../runtime/ownedFolder';

const PREFIX = 'jest-kubelet-records-';

/** The folder where the records of one run are gathered. */
export class Gathering {
  readonly folder: string;

  /** Sweeps away first what runs that were killed have left of theirs. */
  constructor(place = tmpdir()) {
    const prefix = path.join(place, PREFIX);
    removeLeft(prefix);
    this.folder = makeOwned(prefix);
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
    removeOwned(this.folder);
  }
}

function compare(a = '', b = ''): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
