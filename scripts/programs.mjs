import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './root.mjs';

/**
 * Returns the command that runs a program of our dependencies. Windows cannot start the scripts in node_modules/.bin
 * without a shell, so there Node runs the JavaScript file that the package names.
 */
export function commandOf(program, args, platform = process.platform) {
  const file = platform === 'win32' ? fileOf(program) : undefined;
  return file ? ['node', [file, ...args]] : [program, args];
}

function fileOf(program) {
  const { dependencies, devDependencies } = packageIn(ROOT);
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
    const home = path.join(ROOT, 'node_modules', name);
    const { bin = {} } = packageIn(home);
    const files = typeof bin === 'string' ? { [path.basename(name)]: bin } : bin;
    if (Object.hasOwn(files, program)) return path.join(home, files[program]);
  }
  return undefined;
}

/** Returns an empty object for a dependency that is not installed. */
function packageIn(folder) {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  } catch {
    return {};
  }
}
