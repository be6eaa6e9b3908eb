import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { describeOnEngine } from './onEngine';

describeOnEngine('the packed package', () => {
  // `npm run test:install` covers the other kinds of projects.
  test('works in a Jest project and in a Vitest project with its declared dependencies', async () => {
    const { JEST_WORKER_ID: _, ...env } = process.env;
    const program = path.join(__dirname, '../package/install/run.mjs');
    const { stdout } = await promisify(execFile)(process.execPath, [program, '--short'], { env });
    expect(stdout.replace(/\(.*\)/g, '').split(/\s*\n/)).toEqual([
      'ok      Jest, JavaScript, CommonJS',
      'ok      Vitest',
      '',
    ]);
  });
});
