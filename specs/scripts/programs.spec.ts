import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';

const MODULE = path.join(__dirname, '../../scripts/programs.mjs');

type Command = readonly [string, readonly string[]];

/** Calls the ES module, which Jest cannot load, in a separate process. */
function commandsOf(programs: readonly string[], platform: string): readonly Command[] {
  const script = `import { commandOf } from ${JSON.stringify(MODULE)};
    const commands = ${JSON.stringify(programs)}.map((program) => commandOf(program, ['--help'], '${platform}'));
    console.log(JSON.stringify(commands));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  return JSON.parse(stdout);
}

describe('commandOf', () => {
  test('runs the JavaScript file of a program on Windows', () => {
    const [node, ...others] = commandsOf(['node', 'jest', 'biome', 'knip', 'publint', 'attw'], 'win32');
    expect(node).toEqual(['node', ['--help']]);
    expect(others.map(([file, [script = '', ...args]]) => [file, existsSync(script), args])).toEqual(
      Array.from({ length: 5 }, () => ['node', true, ['--help']]),
    );
  });

  test('finds all programs on the PATH on other platforms', () => {
    expect(commandsOf(['jest'], 'linux')).toEqual([['jest', ['--help']]]);
  });
});
