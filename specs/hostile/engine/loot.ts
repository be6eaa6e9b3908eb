import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A folder of this machine that no pod may read or change. */
export class Loot implements Disposable {
  readonly dir = mkdtempSync('/var/tmp/jest-kubelet-loot-');
  readonly secret = randomUUID();

  constructor() {
    // Any user may read and write it, so that only the container's walls protect it.
    chmodSync(this.dir, 0o777);
    writeFileSync(this.file, this.secret);
    chmodSync(this.file, 0o666);
  }

  get file(): string {
    return path.join(this.dir, 'secret');
  }

  /** Names what an attack has changed; empty if nothing. */
  changes(): readonly string[] {
    const added = readdirSync(this.dir).filter((name) => name !== 'secret');
    const isAltered = readFileSync(this.file, 'utf8') !== this.secret;
    return isAltered ? [...added, 'secret'] : added;
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}
