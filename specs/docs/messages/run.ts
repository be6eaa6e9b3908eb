import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { realLimit } from '../../pace';
import { ROOT } from '../pages';

/** A line of progress with its time, which differs each time. */
const PROGRESS = /^ +\+\d+\.\ds .*\n/gm;

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Returns what a terminal shows of a command: the command, its output and its exit code. */
export function run(args: readonly string[], { cwd = ROOT, input = '', env = {} }: RunOptions = {}): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(ROOT, 'dist/cli.mjs'), ...args], {
    cwd,
    input,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: realLimit(20_000),
  });
  const command = ['npx', 'jest-kubelet', ...args].join(' ');
  const messages = stderr.replaceAll(PROGRESS, '');
  return `$ ${command}\n${stdout}${messages}exit code ${status}`.replaceAll(cwd, '/home/you/shop');
}
