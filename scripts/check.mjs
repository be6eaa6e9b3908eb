import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runQuietly } from './processes.mjs';
import { ROOT } from './root.mjs';

const PREFIX = 'check:';

/**
 * Runs the `check:…` scripts of package.json in parallel, and prints a line for each, or the output of those that fail.
 * Resolves to an exit code.
 */
export async function check(env) {
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const names = Object.keys(scripts).filter((name) => name.startsWith(PREFIX));
  const codes = await Promise.all(names.map((name) => checkOne(name.slice(PREFIX.length), scripts[name], env)));
  return Math.max(...codes);
}

async function checkOne(name, script, env) {
  const [program, ...args] = script.split(' ');
  const { code, output } = await runQuietly(program, args, env);
  console.log(code === 0 ? `${name}: ok` : `${name}: failed (${script})\n${output}`);
  return code;
}
