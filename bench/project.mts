import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from './root.mts';

const OWN = 'jest-kubelet';

/** A user's project: the package is installed in it, beside what it depends on. */
export class Project {
  readonly folder: string;

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-bench-'));
    process.once('exit', () => this[Symbol.dispose]());
    const modules = path.join(this.folder, 'node_modules');
    mkdirSync(modules);
    const installed = path.join(ROOT, 'node_modules');
    for (const name of readdirSync(installed).filter((each) => !each.startsWith('.')))
      symlinkSync(path.join(installed, name), path.join(modules, name));
    for (const part of ['package.json', 'dist'])
      cpSync(path.join(ROOT, part), path.join(modules, OWN, part), { recursive: true });
    for (const [name, content] of Object.entries(files)) this.write(name, content);
  }

  write(name: string, content: string): void {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Returns the environment of a user, without the variables that the launcher of our scripts sets. */
export function usersEnvironment(): NodeJS.ProcessEnv {
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;
  return env;
}
