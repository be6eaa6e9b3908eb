import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PodRecord, RunReport } from '../report/podRecord';

/** The folder where the records of one run are gathered. */
export class Gathering {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-records-'));

  report(): RunReport {
    const pods = readdirSync(this.folder)
      .sort()
      .map((name) => JSON.parse(readFileSync(path.join(this.folder, name), 'utf8')) as PodRecord)
      .sort((a, b) => compare(a.file, b.file));
    return { version: 1, pods };
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function compare(a = '', b = ''): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
