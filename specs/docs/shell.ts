import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { realLimit } from '../pace';
import { ROOT } from './pages';

/** Result of a block of shell. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

// `npx` runs the built package and the Jest of this project. npm installs the package as a link, and has the scripts of
// this project.
const PROGRAMS: Readonly<Record<string, string>> = {
  npx: `
case "$1" in
  jest-kubelet) shift; exec node "$ROOT/dist/cli.mjs" "$@" ;;
  jest) shift; exec node "$ROOT/node_modules/jest/bin/jest.js" --cacheDirectory "$PWD/.cache" "$@" ;;
esac
echo "npx: unknown: $1" >&2; exit 127`,
  npm: `
case "$1" in
  install) mkdir -p node_modules && ln -sfn "$ROOT" node_modules/jest-kubelet &&
    for one in jest @jest; do ln -sfn "$ROOT/node_modules/$one" "node_modules/$one"; done; exit ;;
  run) script="$2" ;;
  *) script="$1" ;;
esac
node -e 'if (!require(process.argv[1]).scripts[process.argv[2]]) throw new Error("no script " + process.argv[2])' "$ROOT/package.json" "$script"`,
};

/** The folder of a reader, in which a page's blocks of shell are run word for word. */
export class Shell implements Disposable {
  readonly dir = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-shell-'));
  readonly #programs = path.join(this.dir, '.programs');

  /**
   * Creates the folder with these `files`. `programs` are scripts for bash that replace npx and npm, or add to them.
   */
  constructor(files: Readonly<Record<string, string>>, programs: Readonly<Record<string, string>> = {}) {
    for (const [name, text] of Object.entries(files)) this.write(name, text);
    for (const [name, script] of Object.entries({ ...PROGRAMS, ...programs })) {
      const file = path.join('.programs', name);
      this.write(file, `#!/bin/bash\n${script.trim()}\n`);
      chmodSync(path.join(this.dir, file), 0o755);
    }
  }

  write(name: string, text: string): void {
    const file = path.join(this.dir, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  read(name: string): string {
    return readFileSync(path.join(this.dir, name), 'utf8');
  }

  /** Runs a block as bash does; it ends with the first command that fails, one in a pipe included. */
  run(block: string, env: Readonly<Record<string, string>> = {}): Ran {
    const { JEST_WORKER_ID: _, ...own } = process.env;
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', block], {
      cwd: this.dir,
      env: {
        ...own,
        ROOT,
        FORCE_COLOR: '0',
        ...env,
        PATH: [this.#programs, path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
      },
      encoding: 'utf8',
      timeout: realLimit(300_000),
    });
    return { code: status, stdout, stderr };
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}
