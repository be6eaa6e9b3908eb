import { execFile } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const ROOT = path.join(__dirname, '../../..');

function oracle(...args: readonly string[]): Promise<{ readonly code: unknown; readonly printed: string }> {
  return new Promise((resolve) => {
    const options = { cwd: ROOT, maxBuffer: 1e8 };
    execFile(process.execPath, ['scripts/oracle.mjs', ...args], options, (error, printed) => {
      resolve({ code: error?.code ?? 0, printed });
    });
  });
}

test('matches the recordings of real nodes in every case', async () => {
  const { code, printed } = await oracle();
  expect(printed.split('\n').filter((line) => /: (differs|not scriptable): /.test(line))).toEqual([]);
  expect({ code, total: printed.trimEnd().split('\n').at(-1) }).toEqual({
    code: 0,
    total: expect.stringMatching(/^oracle: \d+ same, \d+ timing, 0 differ$/),
  });
});

test('reports a directory without cases', async () => {
  expect((await oracle('specs/fidelity/oracle/shell')).code).toBe(1);
});
