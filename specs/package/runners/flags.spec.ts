import { afterAll, expect, test } from '@jest/globals';
import { blocksOf, PODS, Project } from './project';

const NAMES = ['a', 'b', 'c', 'd'];

// The first test fails, and each test leaves a pod for removal.
const project = new Project(
  {
    'pods.js': PODS,
    ...Object.fromEntries(
      NAMES.map((name) => [
        `${name}.test.js`,
        `
const { registered, simulated } = require('./pods');
test('of ${name}', async () => {
  registered('${name}');
  await expect(simulated())${name === 'a' ? '.not' : ''}.toBecomeReady();
});
`,
      ]),
    ),
    'inOrder.js': `
const Sequencer = require('@jest/test-sequencer').default;
module.exports = class extends Sequencer {
  sort(tests) { return [...tests].sort((one, other) => one.path < other.path ? -1 : 1); }
};
`,
    'timeouts.test.js': `
const configured = () => globalThis[Object.getOwnPropertySymbols(globalThis)
  .find(({ description }) => description === 'JEST_STATE_SYMBOL')].testTimeout;
test('has the configured time', () => expect(configured()).toBe(7_000));
`,
  },
  `${blocksOf('jest-and-vitest.md', 'js')[0]}module.exports.testSequencer = '<rootDir>/inOrder.js';\n`,
);
project.link('@jest/test-sequencer');
afterAll(() => project[Symbol.dispose]());

test('--bail stops after the first failure, and its pod is removed', async () => {
  const { code, stderr } = await project.jest('-i', '--bail', '--testPathPatterns', '[abcd].test');
  expect(code).toBe(1);
  expect(stderr).toContain('Test Suites: 1 failed, 1 of 4 total');
  expect(takeNotes()).toEqual(['removed a']);
});

test('--shard runs each pod once, with and without workers', async () => {
  const shard = (which: string, how: string) =>
    project.jest(`--shard=${which}`, how, '--testPathPatterns', '[abcd].test');
  const [one, other] = await Promise.all([shard('1/2', '--maxWorkers=2'), shard('2/2', '-i')]);
  expect({ ...one.statuses, ...other.statuses }).toEqual({
    'of a': 'failed',
    'of b': 'passed',
    'of c': 'passed',
    'of d': 'passed',
  });
  expect(takeNotes().sort()).toEqual(['removed a', 'removed b', 'removed c', 'removed d']);
});

test('the testTimeout of the configuration is kept', async () => {
  const { statuses } = await project.jest('--testTimeout=7000', '--testPathPatterns', 'timeouts');
  expect(statuses).toEqual({ 'has the configured time': 'passed' });
});

/** Returns the notes since the last call. */
function takeNotes(): string[] {
  const notes = project.read('notes').trim().split('\n');
  project.write('notes', '');
  return notes;
}
