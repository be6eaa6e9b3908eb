import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A shell step that ran with stand-ins for its programs. */
export interface StepRun {
  readonly code: number | null;
  /** The commands that ran, one a line. */
  readonly commands: readonly string[];
  readonly stderr: string;
}

/** Runs shell steps in one folder, as a job does. npm and docker only log how they are called, and sudo runs its command. */
export class StubbedJob {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-job-'));
  readonly #programs = path.join(this.#folder, 'bin');

  constructor() {
    mkdirSync(this.#programs);
    this.#addProgram('npm', `echo "npm $*" >> ${this.#folder}/log; [ "$*" != "$FAILING" ]`);
    this.#addProgram('docker', 'exit 0');
    this.#addProgram('sudo', 'exec "$@"');
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true });
  }

  /** Runs a step by the shell that GitHub uses for `shell: bash`. `failing` are the arguments by which npm fails. */
  run(script: string, failing = ''): StepRun {
    const log = path.join(this.#folder, 'log');
    writeFileSync(log, '');
    const { status, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
      cwd: this.#folder,
      env: { PATH: `${this.#programs}:${process.env.PATH}`, FAILING: failing },
      encoding: 'utf8',
    });
    return { code: status, commands: readFileSync(log, 'utf8').trimEnd().split('\n'), stderr };
  }

  #addProgram(name: string, script: string): void {
    const file = path.join(this.#programs, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }
}
