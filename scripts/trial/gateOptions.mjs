import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../root.mjs';

const isOption = (arg) => arg.startsWith('--');

/** Returns the options among `args` that the gate does not have. */
export function unknownOptions(args, env) {
  const help = execFileSync(process.execPath, [path.join(ROOT, 'dist/cli.mjs'), 'gate', '--help'], {
    env,
    encoding: 'utf8',
  });
  const known = help.match(/--[a-z][a-z-]*/g) ?? [];
  return [...new Set(args.filter((arg) => isOption(arg) && !known.includes(arg)))];
}

/** Returns the arguments without some options, each with the value that follows it. */
export function withoutOptions(args, options) {
  return args.filter((arg, at) => !options.includes(isOption(arg) ? arg : args[at - 1]));
}
