import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect } from '@jest/globals';
import { GOOD } from '../../hostile/commands';
import { testOnPosix } from '../../onPosix';

/** Runs the built command with a reader that closes stdout before it reads. */
async function unread(args: readonly string[], input: string): Promise<{ code: number | null; stderr: string }> {
  const command = spawn(process.execPath, ['dist/cli.mjs', ...args], { cwd: path.join(__dirname, '../../..') });
  command.stdout.destroy();
  let stderr = '';
  command.stderr.on('data', (chunk) => (stderr += String(chunk)));
  command.stdin.end(input);
  const [code] = await once(command, 'close');
  return { code, stderr };
}

testOnPosix('keeps its exit code if the reader of stdout has closed', async () => {
  const rejected = GOOD.replace('image: web:1', 'image: ""');
  expect(await unread(['gate', '-f', '-', '--only', 'valid'], rejected)).toMatchObject({ code: 1 });
  expect(await unread(['lint', '-f', '-', '--format', 'json'], rejected)).toEqual({ code: 2, stderr: '' });
});
