import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FakeEngine } from '../unit/runtime/docker/fakeEngine';
import { GOOD } from './commands';

/** Replaces /var/run by a folder, only for the next command. */
const IN_PLACE = 'mount --bind "$0" /var/run && exec "$@"';
const alone = (folder: string, command: readonly string[]) => ['--mount', 'sh', '-c', IN_PLACE, folder, ...command];

const { status, stderr: why, error } = spawnSync('unshare', alone(tmpdir(), ['true']), { encoding: 'utf8' });
if (status !== 0) {
  process.stderr.write(`specs/hostile/namedEngine skipped: /var/run cannot be replaced: ${error?.message ?? why}\n`);
}
const describeInPlace = status === 0 ? describe : describe.skip;

const ROOT = path.join(__dirname, '../..');

describeInPlace('the engine at /var/run/docker.sock', () => {
  let folder: string;
  let home: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-named-'));
    home = path.join(folder, 'home');
    mkdirSync(home);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs the built gate there, and returns the requests to the other engine. */
  async function gate(env: NodeJS.ProcessEnv) {
    await using other = await FakeEngine.listen(folder, 'docker', 500);
    const args = ['dist/cli.mjs', 'gate', '-f', '-', '--only', 'ready-in-budget'];
    const { DOCKER_HOST: _, JEST_WORKER_ID: __, XDG_RUNTIME_DIR: ___, ...rest } = process.env;
    const command = spawn('unshare', alone(folder, [process.execPath, ...args]), {
      cwd: ROOT,
      env: { ...rest, HOME: home, ...env },
    });
    let stderr = '';
    command.stderr.on('data', (chunk) => (stderr += String(chunk)));
    command.stdout.resume();
    command.stdin.end(GOOD);
    const [code] = await once(command, 'close');
    const errors = stderr.split('\n').filter((line) => line.startsWith('jest-kubelet: '));
    return { code, errors, asked: other.requests };
  }

  const naming = (address: string, namedBy: string) => [
    expect.stringContaining(`container engine: none answers at ${address}, which ${namedBy} names`),
  ];

  test('is used if no other engine is named', async () => {
    const { code, errors, asked } = await gate({});
    expect([code, errors]).toEqual([3, [expect.stringContaining('none answers at the usual sockets')]]);
    expect(asked).toContain('GET /info');
  });

  test('receives no request if the engine of DOCKER_HOST does not respond', async () => {
    const address = 'unix:///var/run/none.sock';
    const ended = await gate({ DOCKER_HOST: address });
    expect(ended).toEqual({ code: 3, errors: naming(address, 'DOCKER_HOST'), asked: [] });
  });

  test.each(['tc.host', 'docker.host'])(
    'receives no request if the engine of %s does not respond',
    async (property) => {
      const address = 'tcp://127.0.0.1:1';
      writeFileSync(path.join(home, '.testcontainers.properties'), `${property}=${address}\n`);
      const errors = naming(address, `${property} in ~/.testcontainers.properties`);
      expect(await gate({})).toEqual({ code: 3, errors, asked: [] });
    },
  );
});
