import { execFileSync } from 'node:child_process';
import { ROOT } from '../root.mjs';
import { BASELINE } from './baseline.mjs';
import { parseDiff } from './diff.mjs';

/** Returns whether a line of a file is newer than the baseline, by git. Without git every line counts as new. */
export function findChanges() {
  try {
    const commit = git('log', '-1', '--format=%H', '--', BASELINE).trim();
    const lines = parseDiff(git('diff', '--unified=0', '--no-color', '--no-ext-diff', commit || 'HEAD'));
    const untracked = new Set(git('ls-files', '--others', '--exclude-standard').split('\n'));
    return (file, line) => untracked.has(file) || lines.get(file)?.has(line) === true;
  } catch {
    return () => true;
  }
}

const git = (...args) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 28, stdio: 'pipe' });
