import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The content of a file of the machine, which no output may show. */
export const PRIVATE = 'TOP-PRIVATE: [kept from every report';

/**
 * A checkout that a pull request controls, beside a file of the machine that runs the command. It is the working
 * directory until it is disposed.
 */
export class Checkout implements Disposable {
  readonly #root = realpathSync(mkdtempSync(path.join(tmpdir(), 'jest-kubelet-hostile-')));
  readonly #before = process.cwd();
  readonly folder = path.join(this.#root, 'checkout');
  /** The file of the machine. */
  readonly outside = path.join(this.#root, 'outside.yaml');

  constructor(files: Readonly<Record<string, string>> = {}) {
    mkdirSync(this.folder);
    writeFileSync(this.outside, PRIVATE);
    for (const [name, text] of Object.entries(files)) this.write(name, text);
    process.chdir(this.folder);
  }

  write(name: string, text: string | Buffer): void {
    writeFileSync(this.#made(name), text);
  }

  /** Creates a link. Default target: the file of the machine. */
  link(name: string, target = this.outside): void {
    symlinkSync(target, this.#made(name));
  }

  namedPipe(name: string): void {
    execFileSync('mkfifo', [this.#made(name)]);
  }

  has(name: string): boolean {
    return existsSync(path.join(this.folder, name));
  }

  /** Returns the current content of the file of the machine. */
  get outsideText(): string {
    return readFileSync(this.outside, 'utf8');
  }

  [Symbol.dispose](): void {
    process.chdir(this.#before);
    rmSync(this.#root, { recursive: true, force: true });
  }

  #made(name: string): string {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    return file;
  }
}
