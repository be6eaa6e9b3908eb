import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PodRecord } from '../report/podRecord';

/** The folder where the records of one run are gathered. */
export class Gathering {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-records-'));

  /** The records that were left there: by files, and in the order of their starts. */
  pods(): readonly PodRecord[] {
    return readdirSync(this.folder)
      .sort()
      .map((name) => JSON.parse(readFileSync(path.join(this.folder, name), 'utf8')) as PodRecord)
      .sort((a, b) => compare(a.file, b.file));
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function compare(a = '', b = ''): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
