import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TemporaryFolderError } from '../report/record/outputFile';
import { type PodRecord, UNFINISHED } from '../report/record/podRecord';
import { makeOwned, OWNER, removeLeft, removeOwned } from '../runtime/ownedFolder';

const PREFIX = 'jest-kubelet-records-';

/** The folder where the records of one run are gathered. */
export class Gathering {
  readonly folder: string;

  /**
   * Sweeps away first what runs that were killed have left of theirs.
   *
   * @throws TemporaryFolderError if nothing can be kept there.
   */
  constructor(place = tmpdir()) {
    const prefix = path.join(place, PREFIX);
    try {
      removeLeft(prefix);
      this.folder = makeOwned(prefix);
    } catch (cause) {
      throw new TemporaryFolderError(place, cause);
    }
  }

  /**
   * Returns the records of the run: by files, and in the order of their starts.
   *
   * @throws TemporaryFolderError if one of them could not be written.
   */
  pods(): readonly PodRecord[] {
    const names = readdirSync(this.folder).filter((name) => name !== OWNER);
    if (names.some((name) => name.endsWith(UNFINISHED))) throw new TemporaryFolderError(path.dirname(this.folder));
    return names
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
