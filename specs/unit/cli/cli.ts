import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { realLimit } from '../../pace';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line in the directory of the package until it exits. */
export function cli(
  args: readonly string[],
  input: string | Buffer = '',
  env: Readonly<Record<string, string>> = {},
): Ended {
  const cwd = path.join(__dirname, '../../..');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.mjs', ...args], {
    cwd,
    env: { ...process.env, ...env },
    input,
    encoding: 'utf8',
    timeout: realLimit(20_000),
  });
  return { code: status, stdout, stderr };
}
