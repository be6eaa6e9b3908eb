import { execFile } from 'node:child_process';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { realLimit } from '../../pace';
import { blocksOf, Project } from './project';

const VITEST = path.join(__dirname, '../../../node_modules/vitest/vitest.mjs');

/** The timeout of a test whose wait takes longer. */
const SHORT_MS = realLimit(1_500);

const project = new Project({
  'vitest.config.mjs': blocksOf('jest-and-vitest.md', 'js')[1] ?? '',
  'pods.mjs': `
import { appendFileSync } from 'node:fs';
import { simulatePod } from 'jest-kubelet';
export const simulated = () => simulatePod({
  apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers: [{ name: 'web', image: 'web:1' }] },
});
const POD_RUN = Symbol.for('jest-kubelet.podRun');
export const stuck = () => {
  const { pod, timeline } = simulated()[POD_RUN];
  return { [POD_RUN]: { pod, timeline, ended: false, broken: undefined, progress: () => new Promise(() => {}) } };
};
export const note = (what) => appendFileSync('notes', what + '\\n');
export const registered = (name) => {
  const { pods, scope } = globalThis[Symbol.for('jest-kubelet')];
  pods.add({ scope, remove: () => note('removed ' + name) });
};
`,
  'all.test.js': `
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { note, registered, simulated, stuck } from './pods.mjs';
describe('pods', () => {
  beforeAll(() => registered("the file's"));
  afterAll(() => note('afterAll'));
  afterEach(() => note('afterEach'));
  test('judges', async ({ task }) => {
    registered("a test's");
    await expect(simulated()).toBecomeReady();
    expect(simulated()).toHavePhase('Pending');
    expect(task.timeout).toBe(120_000);
  });
  test('fails', async () => {
    await expect(simulated()).not.toBecomeReady();
  });
});
test('forgets', () => {
  expect(stuck()).toBecomeReady({ within: '5m' });
});
test('waits on real time', async () => {
  vi.useFakeTimers();
  await expect(stuck()).toBecomeReady({ within: '5m' });
}, ${SHORT_MS});
test('waits', async () => {
  vi.useRealTimers();
  await expect(stuck()).toBecomeReady({ within: '5m' });
}, ${SHORT_MS});
`,
  'hook.test.js': `
import { beforeAll, expect, test, vi } from 'vitest';
import { stuck } from './pods.mjs';
vi.setConfig({ hookTimeout: ${SHORT_MS} });
// Made here: Vitest does not say when a hook began, so the wait has to begin with the hook.
const pod = stuck();
beforeAll(async () => {
  await expect(pod).toBecomeReady({ within: '5m' });
});
test('comes too late', () => {});
`,
  'concurrent.test.js': `
import { test } from 'vitest';
import { stuck } from './pods.mjs';
let go;
const other = new Promise((resolve) => { go = resolve; });
test.concurrent('is no matter', async () => { go(); });
test.concurrent('forgets in company', async ({ expect }) => {
  await other;
  expect(stuck()).toBecomeReady({ within: '5m' });
});
`,
});
project.link('vitest');
project.link('vite');
afterAll(() => project[Symbol.dispose]());

/** The failures of each test by its name, or an empty text if it passed. */
const failures: Record<string, string> = {};

beforeAll(async () => {
  const args = [VITEST, 'run', '--reporter=json', '--outputFile=told.json', '--no-color'];
  await new Promise<void>((resolve) => execFile(process.execPath, args, { cwd: project.dir }, () => resolve()));
  for (const { name, message, assertionResults } of JSON.parse(project.read('told.json')).testResults) {
    failures[path.basename(name)] = stripVTControlCharacters(message);
    for (const { fullName, failureMessages } of assertionResults)
      failures[fullName] = stripVTControlCharacters(failureMessages.join('\n'));
  }
});

test('matchers have the same results under Vitest as under Jest', () => {
  expect(failures['pods judges']).toBe('');
  expect(failures['pods fails']).toContain(`\
expect(pod).not.toBecomeReady()

Expected: pod not to become Ready within 1m (default: the manifest sets no limit)
Received: pod Ready after 0.0s
`);
});

test('a missing await fails its test, with the name and line of the matcher', () => {
  expect(failures.forgets).toMatch(
    /^Error: Missing await: the test finished before expect\(pod\)\.toBecomeReady\(\) \(all\.test\.js:19:19\) did\. Add await to the call\./,
  );
});

test('a wait ends with its message before the timeout of the test', () => {
  const early = 'The wait stopped early because the test was about to time out';
  expect(failures.waits).toContain(early);
  expect(failures['waits on real time']).toContain(early);
  expect(failures['hook.test.js']).toContain(early);
});

test('a missing await among concurrent tests fails the file', () => {
  const messages = [failures['is no matter'], failures['forgets in company']].join('');
  expect(messages).toMatch(/ \(concurrent\.test\.js:9:19\) did/);
});

test('pods are removed after their test or file', () => {
  expect(project.read('notes').trim().split('\n')).toEqual([
    'afterEach',
    "removed a test's",
    'afterEach',
    'afterAll',
    "removed the file's",
  ]);
});
