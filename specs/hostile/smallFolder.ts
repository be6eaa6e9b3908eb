import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const FILL = 'fill';

/** Returns why no folder of a limited size can be created here, or undefined if it can. */
export function explainMissingSmallFolder(): string | undefined {
  try {
    new SmallFolder(16)[Symbol.dispose]();
    return undefined;
  } catch (error) {
    return `a tmpfs cannot be mounted: ${(error as Error).message}`;
  }
}

/** It waits until the process that created the folder exits in any way. */
const KEEPER = 'cat; umount --lazy "$0"; rmdir "$0"';

/** A folder on its own disk with space for this number of KiB. It is removed at the latest when this process exits. */
export class SmallFolder implements Disposable {
  readonly dir = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-small-'));
  readonly #keeper: ChildProcess;

  constructor(kibibytes: number) {
    this.#keeper = spawn('sh', ['-c', KEEPER, this.dir], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    this.#keeper.unref();
    (this.#keeper.stdin as Socket).unref();
    const mount = ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'jest-kubelet', this.dir];
    const { status, stderr, error } = spawnSync('mount', mount, { encoding: 'utf8' });
    if (status === 0) return;
    this[Symbol.dispose]();
    throw new Error(error?.message ?? stderr.trim());
  }

  at(name: string): string {
    return path.join(this.dir, name);
  }

  /** Leaves space for this number of KiB, a multiple of 4. */
  fillBut(kibibytes: number): void {
    this.fill();
    truncateSync(this.at(FILL), statSync(this.at(FILL)).size - kibibytes * 1_024);
  }

  /** Leaves no space in it. */
  fill(): void {
    try {
      for (;;) writeFileSync(this.at(FILL), ' '.repeat(4_096), { flag: 'a' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }

  /** Returns the names of the files in it, except the file that fills it. */
  get content(): readonly string[] {
    return readdirSync(this.dir).filter((name) => name !== FILL);
  }

  [Symbol.dispose](): void {
    spawnSync('umount', ['--lazy', this.dir]);
    rmdirSync(this.dir);
    this.#keeper.stdin?.destroy();
  }
}
