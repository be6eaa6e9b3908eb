import { execFileSync, spawnSync } from 'node:child_process';
import { ROOT } from './root.mjs';
import { adviseSubject, checkSubject } from './voice/rules/commits.mjs';

// Checks the subjects of the commits in a range such as main..HEAD. If git does not know where the range starts, as after
// the first push of a branch, it checks the last commit alone.

const [range = 'HEAD~1..HEAD'] = process.argv.slice(2);

const [start, end = 'HEAD'] = range.split('..');
const isKnown = spawnSync('git', ['rev-parse', '--verify', '--quiet', `${start}^{commit}`], { cwd: ROOT }).status === 0;
const commits = isKnown ? [`${start}..${end}`] : ['--max-count=1', end];
const log = execFileSync('git', ['log', '--no-merges', '--format=%h %s', ...commits], { cwd: ROOT, encoding: 'utf8' });

for (const row of log.split('\n').filter(Boolean)) {
  const subject = row.slice(row.indexOf(' ') + 1);
  const problems = checkSubject(subject);
  if (problems.length > 0) process.exitCode = 1;
  for (const problem of problems) console.log(`${row}\n  error: ${problem}`);
  for (const advice of adviseSubject(subject)) console.log(`${row}\n  warning: ${advice}`);
}
