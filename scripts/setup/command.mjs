import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SetupError } from './say.mjs';

/** Runs npm, by the program that runs this script if npm does: Windows has no executable of that name. */
export function runNpm(args, options) {
  const { npm_execpath: npm } = process.env;
  return npm && /^npm-cli\.c?js$/.test(path.basename(npm))
    ? run(process.execPath, [npm, ...args], options)
    : run('npm', args, options);
}

/**
 * Runs a program and returns its output, or throws with the output if it fails. The output goes to a file instead of a
 * pipe, because a daemon that a package starts inherits it, and would keep a pipe open forever.
 */
export function run(program, args, { env = {}, cwd } = {}) {
  return inTemporaryFolder((folder) => {
    const file = path.join(folder, 'output');
    const fd = openSync(file, 'w');
    const ended = spawnSync(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', fd, fd] });
    closeSync(fd);
    const output = readFileSync(file, 'utf8').trim();
    if (ended.status !== 0) {
      const how = ended.error?.message ?? (ended.signal ? `killed by ${ended.signal}` : `exit code ${ended.status}`);
      const problem = `\`${[program, ...args].join(' ')}\` failed: ${how}`;
      throw new SetupError(problem, 'Fix what it reports, then run `npm run setup`', { output: lastLines(output) });
    }
    return output;
  });
}

/** Calls `work` with a folder that is removed afterwards. */
export function inTemporaryFolder(work) {
  const folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  let result;
  try {
    result = work(folder);
  } catch (error) {
    remove();
    throw error;
  }
  if (result instanceof Promise) return result.finally(remove);
  remove();
  return result;
}

/** Returns the end of a long output, indented for a message. */
export function lastLines(output, count = 15) {
  return output.trimEnd().split('\n').slice(-count).join('\n  ');
}
