import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const FILL = 'fill';

/** Why no folder of a limited size can be made here; undefined if one can. */
export function whyNoSmallFolder(): string | undefined {
  try {
    new SmallFolder(16)[Symbol.dispose]();
    return undefined;
  } catch (error) {
    return `a tmpfs cannot be mounted: ${(error as Error).message}`;
  }
}

/** A folder on a disk of its own that has room for so many KiB. */
export class SmallFolder implements Disposable {
  readonly dir = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-small-'));

  constructor(kibibytes: number) {
    const mount = ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'jest-kubelet', this.dir];
    const { status, stderr, error } = spawnSync('mount', mount, { encoding: 'utf8' });
    if (status === 0) return;
    rmdirSync(this.dir);
    throw new Error(error?.message ?? stderr.trim());
  }

  at(name: string): string {
    return path.join(this.dir, name);
  }

  /** Leaves no room in it. */
  fill(): void {
    try {
      for (;;) writeFileSync(this.at(FILL), ' '.repeat(4_096), { flag: 'a' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }

  /** Names what is in it beside what fills it. */
  get content(): readonly string[] {
    return readdirSync(this.dir).filter((name) => name !== FILL);
  }

  [Symbol.dispose](): void {
    spawnSync('umount', ['--lazy', this.dir]);
    rmdirSync(this.dir);
  }
}
