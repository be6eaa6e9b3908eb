import { execFile } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const ROOT = path.join(__dirname, '../../..');

/** Cases that differ from their recordings. */
const KNOWN: readonly string[] = [
  'exec-ready-delete 1.37.2',
  'grace-0 1.37.2',
  'grace-0 1.36.3',
  'http-ready-delete 1.37.2',
  'ready-delete 1.37.2',
  'restart-all-side 1.37.2',
  'restart-all-side 1.36.3',
  'startup-carry 1.37.2',
  'startup-carry-side 1.37.2',
  'startup-crash 1.37.2',
  'startup-crash 1.36.3',
];

function oracle(...args: readonly string[]): Promise<{ readonly code: unknown; readonly printed: string }> {
  return new Promise((resolve) => {
    const options = { cwd: ROOT, maxBuffer: 1e8 };
    execFile(process.execPath, ['scripts/oracle.mjs', ...args], options, (error, printed) => {
      resolve({ code: error?.code ?? 0, printed });
    });
  });
}

test('shows what real nodes showed, in every recorded case', async () => {
  const { printed } = await oracle();
  const differing = printed.split('\n').filter((line) => /: (differs|not scriptable): /.test(line));
  expect(differing.map((line) => line.replace(/: .*/, ''))).toEqual(KNOWN);
}, 180_000);

test('says so if there is no case in a directory', async () => {
  expect((await oracle('specs/fidelity/oracle/shell')).code).toBe(1);
}, 60_000);
