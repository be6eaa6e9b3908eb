import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadManifest } from '../../src/manifest/loadPod';
import { helm, kustomize } from '../../src/manifest/source/tools';
import { COMMANDS, GOOD } from './commands';
import { Checkout, PRIVATE } from './folder';

let checkout: Checkout;
beforeEach(() => {
  checkout = new Checkout({ 'k8s/pod.yaml': GOOD });
});
afterEach(() => checkout[Symbol.dispose]());

/** The commands that read a file. Their messages show a line that they cannot parse. */
const READERS: Readonly<Record<string, (file: string) => Promise<{ code: number; told: string }>>> = {
  gate: async (file) => told(await COMMANDS.gate({ file: [file], only: ['valid'] })),
  lint: async (file) => told(await COMMANDS.lint({ file: [file] })),
  'lint --format json': async (file) => told(await COMMANDS.lint({ file: [file], format: 'json' })),
  explain: async (file) => told(await COMMANDS.explain({ file: [file] })),
  init: async (file) => told(await COMMANDS.init({ file })),
  runPod: async (file) => {
    try {
      loadManifest(file);
      return { code: 0, told: '' };
    } catch (error) {
      return { code: 2, told: (error as Error).message };
    }
  },
};
const NAMES = Object.keys(READERS);

function told({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) {
  return { code, told: stdout + stderr };
}

async function read(by: string, file: string) {
  const outcome = await READERS[by]?.(file);
  if (!outcome) throw new Error(`unknown reader ${by}`);
  expect(outcome.told).not.toContain('TOP-PRIVATE');
  return outcome;
}

describe.each(NAMES)('%s', (by) => {
  test('rejects a folder with a link to a file of this machine', async () => {
    checkout.link('k8s/evil.yaml');
    const { code, told } = await read(by, 'k8s');
    // init only reads files.
    if (by !== 'init') expect(told).toContain('is a link out of the folder k8s');
    expect(code).toBe(2);
  });

  test('rejects a file that is a link to a file of this machine', async () => {
    checkout.link('k8s/evil.yaml');
    const { code, told } = await read(by, 'k8s/evil.yaml');
    expect(told).toContain('is a link out of the working directory');
    expect(code).toBe(2);
  });

  test('rejects a file in a folder that is a link', async () => {
    checkout.link('evil', '..');
    const { code, told } = await read(by, 'evil/outside.yaml');
    expect(told).toContain('is a link out of the working directory');
    expect(code).toBe(2);
  });

  test('rejects a chain of links', async () => {
    checkout.link('k8s/b.yaml');
    checkout.link('k8s/a.yaml', 'b.yaml');
    expect(await read(by, 'k8s/a.yaml')).toMatchObject({ code: 2 });
  });

  test('rejects a link to itself', async () => {
    checkout.link('k8s/a.yaml', 'b.yaml');
    checkout.link('k8s/b.yaml', 'a.yaml');
    expect(await read(by, 'k8s/a.yaml')).toMatchObject({ code: 2 });
  });

  test('rejects a named pipe without a writer', async () => {
    checkout.namedPipe('k8s/pipe.yaml');
    const { code, told } = await read(by, 'k8s/pipe.yaml');
    expect(told).toContain('a named pipe, not a file');
    expect(code).toBe(2);
  });

  test('rejects a folder with a named pipe', async () => {
    checkout.namedPipe('k8s/pipe.yaml');
    expect(await read(by, 'k8s')).toMatchObject({ code: 2 });
  });

  test('rejects a link to an endless device', async () => {
    checkout.link('k8s/zero.yaml', '/dev/zero');
    expect(await read(by, 'k8s/zero.yaml')).toMatchObject({ code: 2 });
  });
});

test.each(['link', 'folder'])('lint rejects a folder that is a link to a %s outside of the checkout', async (what) => {
  checkout.link('k9s', what === 'link' ? '..' : '../..');
  const { code, stderr } = await COMMANDS.lint({ file: ['k9s'] });
  expect(stderr).toBe('k9s: is a link out of the working directory. Replace the link with the file\n');
  expect(code).toBe(2);
});

test('lint rejects a folder with a link to a file elsewhere in the checkout', async () => {
  checkout.write('secrets.yaml', PRIVATE);
  checkout.link('k8s/evil.yaml', '../secrets.yaml');
  expect(await read('lint', 'k8s')).toMatchObject({ code: 2 });
});

test('lint rejects a device', async () => {
  expect(await read('lint', '/dev/zero')).toEqual({ code: 2, told: '/dev/zero: is a device, not a file\n' });
});

test('lint rejects a socket', async () => {
  const server = createServer().listen(path.join(checkout.folder, 'k8s/socket.yaml'));
  await once(server, 'listening');
  expect(await read('lint', 'k8s/socket.yaml')).toEqual({
    code: 2,
    told: 'k8s/socket.yaml: is a socket, not a file\n',
  });
  server.close();
});

test.each([
  ['a chart with a link', helm('chart')],
  ['values that are a link', helm('other', { values: 'values.yaml' })],
  ['a kustomization with a link', kustomize('chart')],
])('rendering rejects %s to a file of this machine', (_, source) => {
  checkout.write('chart/Chart.yaml', 'name: web\n');
  checkout.write('other/Chart.yaml', 'name: web\n');
  checkout.link('chart/files/passwd');
  checkout.link('values.yaml');
  expect(() => loadManifest(source)).toThrow(/is a link out of its folder. Replace the link with the file/);
});

test('the gate writes no report through a link in the checkout', async () => {
  checkout.link('gate.xml');
  const { code, stderr } = await COMMANDS.gate({ file: ['k8s'], only: ['valid'], format: ['junit=gate.xml'] });
  expect(stderr).toContain('gate.xml is a link out of its folder');
  expect([code, checkout.outsideText]).toEqual([2, PRIVATE]);
});

test('init writes no spec through a link in the checkout', async () => {
  checkout.write('package.json', '{}');
  checkout.link('web.spec.js', '../made.js');
  await COMMANDS.init({ file: 'k8s/pod.yaml' });
  expect(checkout.has('../made.js')).toBe(false);
});
