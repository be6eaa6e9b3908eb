import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type InitCommandOptions, initCommand } from '../../../../src/cli/init/initCommand';
import { cli } from '../cli';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web-server
          image: shop/web:1.4
          livenessProbe: {httpGet: {path: /healthz, port: 8080}}
`;
const JOB = `apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: 'shop/migrate:1'}]}}}
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-init-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
const files = () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

/** Runs the command, and returns its output and exit code. `answer` is the answer to each question. */
async function init(options: InitCommandOptions = {}, answer?: boolean) {
  const out: string[] = [];
  const err: string[] = [];
  const asked: string[] = [];
  const ask = async (question: string) => {
    asked.push(question);
    return answer === true;
  };
  const console = {
    in: Readable.from([]),
    out: (line: string) => void out.push(line),
    data: (text: string) => void out.push(text),
    err: (line: string) => void err.push(line),
  };
  const code = await initCommand(options, answer === undefined ? console : { ...console, ask }, folder);
  return { code, out: out.join('\n'), err: err.join('\n'), asked };
}

test('prints a test for the manifest, and writes no file without a terminal', async () => {
  write('k8s/web.yaml', WEB);
  expect(await init()).toEqual({
    code: 0,
    out: `\
web.spec.js:

  const { expect, test } = require('@jest/globals');
  const { runPod } = require('jest-kubelet');
  require('jest-kubelet/jest-globals');

  // The image to test, usually the one that you just built.
  const start = () => runPod('k8s/web.yaml', { images: { 'web-server': 'shop/web:1.4' } });

  test('becomes Ready within the time that its probes allow', async () => {
    const pod = await start();
    await expect(pod).toBecomeReady();
  });

  test('does not restart while nothing happens to it', async () => {
    const pod = await start();
    await expect(pod).toBecomeReady();
    await expect(pod).toRestartAtMost(0, { for: '30s' });
  });

  test('restarts web-server through its liveness probe when it hangs', async () => {
    const pod = await start();
    await expect(pod).toBecomeReady();
    await pod.container('web-server').freeze();
    await expect(pod).toRestart({ container: 'web-server', because: 'liveness' });
  });

  test('shuts down within its grace period when it is deleted', async () => {
    const pod = await start();
    await expect(pod).toBecomeReady();
    await expect(pod.delete()).toTerminateGracefully();
  });

jest.config.js:

  /** @type {import('jest').Config} */
  module.exports = {
    preset: 'jest-kubelet',
  };

Nothing was written. Pass --yes to write the files.`,
    err: '',
    asked: [],
  });
  expect(files()).toEqual(['k8s', 'k8s/web.yaml']);
});

test('writes the printed files only after a yes', async () => {
  write('web.yaml', WEB);
  expect(await init({}, false)).toMatchObject({ code: 0, asked: ['Write the files?'] });
  expect(files()).toEqual(['web.yaml']);
  const { code, out } = await init({}, true);
  expect(code).toBe(0);
  expect(out.split('\n').at(-1)).toBe('wrote web.spec.js, jest.config.js. Run the test with npx jest');
  for (const line of [...read('web.spec.js').split('\n'), ...read('jest.config.js').split('\n')]) {
    expect(out).toContain(line);
  }
});

test('rejects a spec file that exists already', async () => {
  write('web.yaml', WEB);
  write('web.spec.js', '// mine');
  expect(await init({ yes: true })).toEqual({
    code: 2,
    out: '',
    err: 'web.spec.js: already exists and is not overwritten. Move or delete it',
    asked: [],
  });
  expect([read('web.spec.js'), files()]).toEqual(['// mine', ['web.spec.js', 'web.yaml']]);
});

test('keeps an existing Jest config, and prints the line to add', async () => {
  write('web.yaml', WEB);
  write('jest.config.mjs', 'export default {};');
  const { out } = await init({ yes: true });
  expect(out).toContain(
    "Add this line to jest.config.mjs, unless it is there:\n\n  setupFilesAfterEnv: ['jest-kubelet/register']\n",
  );
  expect(files()).toEqual(['jest.config.mjs', 'web.spec.js', 'web.yaml']);
});

test('uses package.json as the config if it configures Jest', async () => {
  write('web.yaml', WEB);
  write('package.json', '{"jest": {}}');
  expect((await init()).out).toContain('Add this line to package.json');
});

test.each([
  ['ts-jest', { devDependencies: { jest: '1', 'ts-jest': '1' } }, ['jest.config.js', 'web.spec.ts']],
  ['Vitest', { type: 'module', devDependencies: { vitest: '5' } }, ['vitest.config.mjs', 'web.spec.ts']],
  [
    'ES modules that nothing compiles',
    { type: 'module', devDependencies: { jest: '1' } },
    ['jest.config.cjs', 'web.spec.cjs'],
  ],
])('writes files that run in a project with %s', async (_, manifest, written) => {
  write('web.yaml', WEB);
  write('package.json', JSON.stringify(manifest));
  await init({ yes: true });
  expect(files()).toEqual([...written, 'package.json', 'web.yaml'].sort());
  const [first = ''] = read(written.find((name) => name.startsWith('web')) ?? '').split('\n');
  expect(first.startsWith('import')).toBe(written.includes('web.spec.ts'));
});

test('configures Jest with the transform that the project already uses', async () => {
  write('web.yaml', WEB);
  write('package.json', JSON.stringify({ devDependencies: { jest: '1', '@swc/jest': '1' } }));
  await init({ yes: true });
  expect(read('jest.config.js')).toBe(`\
/** @type {import('jest').Config} */
module.exports = {
  preset: 'jest-kubelet',
  transform: { '\\\\.ts$': '@swc/jest' },
};
`);
});

test('writes a test for phase Succeeded of a Job that --workload selects', async () => {
  write('all.yaml', `${WEB}---\n${JOB}`);
  await init({ workload: 'job/migrate', yes: true });
  expect(read('migrate.spec.js')).toBe(`\
const { expect, test } = require('@jest/globals');
const { runPod } = require('jest-kubelet');
require('jest-kubelet/jest-globals');

// The image to test, usually the one that you just built.
const start = () => runPod('all.yaml', { workload: 'Job/migrate', images: { migrate: 'shop/migrate:1' } });

test('completes successfully', async () => {
  const pod = await start();
  await expect(pod).toReachPhase('Succeeded');
});
`);
});

test('uses the manifest nearest to the folder, and lists the others', async () => {
  write('deploy/prod/web.yaml', WEB);
  write('deploy/job.yaml', JOB);
  write('node_modules/other/pod.yaml', WEB);
  write('docker-compose.yaml', 'services: {}');
  const { out } = await init();
  expect(out).toMatch(/^other manifests: deploy\/prod\/web\.yaml\n\nmigrate\.spec\.js:\n/);
});

test('rejects a folder without a workload, and unsupported arguments', async () => {
  expect(await init()).toMatchObject({
    code: 2,
    err: 'no manifest with a workload in this folder. Pass one: jest-kubelet init FILE',
  });
  write('web.yaml', WEB);
  expect(await init({ workload: 'Pod/web' })).toMatchObject({
    code: 2,
    err: 'web.yaml: unknown workload "Pod/web". Valid workloads: Deployment/web',
  });
  write('bad.yaml', WEB.replace('image: shop/web:1.4', 'imag: shop/web:1.4'));
  const { code, err } = await init({ file: 'bad.yaml' });
  expect(code).toBe(2);
  expect(err).toContain('bad.yaml:11:11: spec.template.spec.containers[0].imag: unknown field');
});

test('runs as a command, and prints without a terminal', () => {
  const { code, stdout } = cli(['init', 'examples/graceful-node/graceful.yaml']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^graceful\.spec\.ts:\n/);
  expect(stdout).toMatch(/Add this line to jest\.config\.ts/);
});

test('checks the version of Node.js before it searches a manifest', async () => {
  const console = { out: () => {}, err: () => {} } as unknown as Parameters<typeof initCommand>[1];
  await expect(initCommand({}, console, folder, '20.20.2')).rejects.toThrow('Install Node 22.22 or later');
  expect(files()).toEqual([]);
});

test('configures ts-jest to compile to CommonJS in a project of ES modules', async () => {
  write('web.yaml', WEB);
  write('package.json', JSON.stringify({ type: 'module', devDependencies: { jest: '30', 'ts-jest': '29' } }));
  await init({ yes: true });
  expect(read('jest.config.cjs')).toBe(`\
/** @type {import('jest').Config} */
module.exports = {
  preset: 'jest-kubelet',
  // Specs are compiled to CommonJS, which Jest runs without a flag.
  transform: { '\\\\.ts$': ['ts-jest', { tsconfig: { module: 'commonjs', isolatedModules: true, esModuleInterop: true } }] },
};
`);
});

test('asks for the image of a container in a terminal', async () => {
  write('web.yaml', WEB);
  const asked: string[] = [];
  const console = {
    in: Readable.from([]),
    out: () => {},
    data: () => {},
    err: () => {},
    ask: async () => true,
    askText: async (question: string) => {
      asked.push(question);
      return 'web:dev';
    },
  };
  expect(await initCommand({}, console, folder)).toBe(0);
  expect(asked).toEqual(['Which local image should container web-server run? [shop/web:1.4]']);
  expect(read('web.spec.js')).toContain("{ images: { 'web-server': 'web:dev' } }");
});
