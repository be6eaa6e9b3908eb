import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { realLimit } from '../../pace';
import { PODS, Project, type Run } from './project';

/** The timeout of a test whose wait takes longer. */
const SHORT_MS = realLimit(600);

const project = new Project({
  'pods.js': PODS,
  'forgotten.test.js': `
const { simulated, stuck } = require('./pods');
test('forgets', () => {
  expect(stuck()).toBecomeReady({ within: '5m' });
});
test('fails for want of it', () => {
  const pod = stuck();
  expect(pod).toBecomeReady({ within: '5m' });
  expect(pod).toHavePhase('Running');
});
test('comes after', async () => {
  await expect(simulated()).toBecomeReady();
});
`,
  'forgottenHook.test.js': `
const { stuck } = require('./pods');
test('is fine itself', () => {});
afterEach(() => {
  expect(stuck()).toRestart({ within: '5m' });
});
`,
  'concurrent.test.js': `
const { registered, stuck } = require('./pods');
const { deadlines } = globalThis[Symbol.for('jest-kubelet')];
let go;
const other = new Promise((resolve) => { go = resolve; });
test.concurrent('waits in vain', async () => {
  await expect(stuck()).toBecomeReady({ within: '5m' });
}, ${SHORT_MS});
test.concurrent('has all the time', async () => {
  await other;
  await expect(new Promise((resolve) => setImmediate(resolve))).resolves.toBeUndefined();
});
test.concurrent('forgets as well', async () => {
  expect(stuck()).toBecomeReady({ within: '5m' });
  go();
});
`,
  'outOfTime.test.js': `
const { stuck } = require('./pods');
describe('in a hook', () => {
  beforeAll(async () => {
    await expect(stuck()).toBecomeReady({ within: '5m' });
  }, ${SHORT_MS});
  test('has waited', () => {});
});
test('waits', async () => {
  await expect(stuck()).not.toRestart({ within: '5m' });
}, ${SHORT_MS});
test.each([['modern', {}], ['legacy', { legacyFakeTimers: true }]])('waits beside %s timers', async (_, timers) => {
  jest.useFakeTimers(timers);
  await expect(stuck()).not.toRestart({ within: '5m' });
}, ${SHORT_MS});
`,
  'removal.test.js': `
const { note, registered } = require('./pods');
beforeAll(() => registered('the file\\'s'));
afterAll(() => note('afterAll'));
beforeEach(() => registered('beforeEach\\'s'));
afterEach(() => note('afterEach'));
test('one', () => registered('one\\'s'));
test.skip('skipped', () => {});
describe('nested', () => {
  beforeAll(() => registered('nested'));
  test('two', () => note('two'));
});
test.todo('later');
describe('broken', () => {
  beforeAll(() => {
    registered('broken');
    throw new Error('not today');
  });
  test('never runs', () => note('ran'));
});
`,
  'timeouts.test.js': `
const configured = () => globalThis[Object.getOwnPropertySymbols(globalThis)
  .find(({ description }) => description === 'JEST_STATE_SYMBOL')].testTimeout;
test('has time', () => expect(configured()).toBe(120_000));
`,
  'ownTimeout.test.js': `
jest.setTimeout(5_000);
const configured = () => globalThis[Object.getOwnPropertySymbols(globalThis)
  .find(({ description }) => description === 'JEST_STATE_SYMBOL')].testTimeout;
test('has the time that was set', () => expect(configured()).toBe(5_000));
`,
  'imports.test.js': `
require('jest-kubelet');
const packageOf = (file) => file.split('/node_modules/').at(-1).match(/^(@[^/]+\\/)?[^/]+/)[0];
test('loads little', () => {
  const loaded = Object.keys(require.cache).filter((file) => file.includes('/node_modules/')).map(packageOf);
  expect([...new Set(loaded)].sort()).toEqual(['fastest-levenshtein', 'pluralize', 'yaml']);
});
`,
  'resetModules.test.js': `
const { simulated, stuck } = require('./pods');
const books = globalThis[Symbol.for('jest-kubelet')];
test('meets its registry again', async () => {
  const handlers = globalThis[Symbol.for('EVENT_HANDLERS')].length;
  jest.resetModules();
  require('jest-kubelet/register');
  const again = require('./pods');
  expect(again.simulated).not.toBe(simulated);
  expect(globalThis[Symbol.for('jest-kubelet')]).toBe(books);
  expect(globalThis[Symbol.for('EVENT_HANDLERS')]).toHaveLength(handlers);
  await expect(simulated()).toBecomeReady();
  expect(stuck()).toBecomeReady({ within: '5m' });
  expect([...books.pending]).toHaveLength(1);
});
`,
  'twoCopies.test.js': `
const { simulated, stuck } = require('./pods');
test('waits with one, and is kept by the other', async () => {
  const handlers = globalThis[Symbol.for('EVENT_HANDLERS')].length;
  const { toBecomeReady } = require('copy/matchers');
  expect.extend({ toBecomeReady });
  require('copy/register');
  expect(globalThis[Symbol.for('EVENT_HANDLERS')]).toHaveLength(handlers);
  await expect(simulated()).toBecomeReady();
  expect(stuck()).toBecomeReady({ within: '5m' });
});
`,
});
project.copy('copy');

let run: Run;

beforeAll(async () => {
  run = await project.jest('--maxWorkers=2');
});
afterAll(() => project[Symbol.dispose]());

const FORGOTTEN = /^Error: Missing await: the test finished before (.*) did\. Add await to the call\./;

/** Returns the matcher without await and its place in the project, from a failure. */
const forgottenIn = (failure: string) => FORGOTTEN.exec(failure)?.[1];

test('a missing await fails only its own test, with the name and line of the matcher', () => {
  expect(forgottenIn(run.failureOf('forgets'))).toMatch(
    /^expect\(pod\)\.toBecomeReady\(\) \(forgotten\.test\.js:4:19\)$/,
  );
  expect(run.statuses).toMatchObject({ forgets: 'failed', 'comes after': 'passed' });
});

test('a missing await is only suspected if the test has another failure', () => {
  expect(run.failureOf('fails for want of it')).toMatch(/^Error: expect\(pod\)\.toHavePhase\('Running'\)/);
  expect(run.failureOf('fails for want of it')).toContain(
    'Missing await: the test failed before expect(pod).toBecomeReady() (forgotten.test.js:8:15) did. If nothing awaits the call, add await to it.',
  );
});

test('a missing await in a hook after the test fails the file', () => {
  expect(run.statuses['is fine itself']).toBe('passed');
  expect(fileOf('forgottenHook')).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('expect(pod).toRestart() (forgottenHook.test.js:5:19) did'),
  });
});

test('a missing await among concurrent tests fails the test that lacks it', () => {
  expect(forgottenIn(run.failureOf('forgets as well'))).toMatch(/ \(concurrent\.test\.js:14:19\)$/);
  expect(run.statuses).toMatchObject({ 'forgets as well': 'failed', 'has all the time': 'passed' });
});

test.each([
  'waits',
  'waits beside modern timers',
  'waits beside legacy timers',
  'waits in vain',
  'in a hook has waited',
])('a wait ends with its message before the timeout of "%s"', (name) => {
  expect(run.failureOf(name)).toMatch(
    /^Error: expect\(pod\)[\s\S]*\n\nThe wait stopped early because the test was about to time out/,
  );
});

test('pods are removed after their test or file, and after its hooks', () => {
  expect(project.read('notes').trim().split('\n')).toEqual([
    'afterEach',
    "removed beforeEach's",
    "removed one's",
    'two',
    'afterEach',
    "removed beforeEach's",
    // Jest also runs the hooks of a test whose beforeAll failed.
    'afterEach',
    'afterAll',
    "removed the file's",
    'removed nested',
    'removed broken',
  ]);
});

test('the default timeout of a test is two minutes', () => {
  expect(run.statuses).toMatchObject({ 'has time': 'passed', 'has the time that was set': 'passed' });
});

test('the package loads only the packages for manifests and messages in a test file', () => {
  expect(run.failureOf('loads little')).toBe('');
  expect(run.statuses['loads little']).toBe('passed');
});

test('modules that load again use the same registry', () => {
  expect(forgottenIn(run.failureOf('meets its registry again'))).toMatch(/ \(resetModules\.test\.js:13:19\)$/);
});

test('two copies of the package use the same registry', () => {
  expect(forgottenIn(run.failureOf('waits with one, and is kept by the other'))).toMatch(
    / \(twoCopies\.test\.js:10:19\)$/,
  );
});

function fileOf(name: string) {
  return run.told.testResults.find((file) => path.basename(file.name) === `${name}.test.js`);
}
