import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
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

/** It waits for the end of the process that made the folder, whichever way that ends. */
const KEEPER = 'cat; umount --lazy "$0"; rmdir "$0"';

/** A folder on a disk of its own that has room for so many KiB. It goes with this process at the latest. */
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

  /** Leaves room for so many KiB, which are a multiple of 4. */
  fillBut(kibibytes: number): void {
    this.fill();
    truncateSync(this.at(FILL), statSync(this.at(FILL)).size - kibibytes * 1_024);
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
    this.#keeper.stdin?.destroy();
  }
}
