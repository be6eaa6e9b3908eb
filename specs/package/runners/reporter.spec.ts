import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { PodRecord, VerdictRecord } from '../../../src/report/record/podRecord';
import { blocksOf, PODS, Project, type Run } from './project';

const project = new Project(
  {
    'pods.js': PODS,
    'a.test.js': `
const { simulated, note } = require('./pods');
const { join } = require('node:path');
const { writeFileSync } = require('node:fs');
beforeAll(() => { simulated(); });
describe('a shop', () => {
  test('opens', async () => {
    await expect(simulated()).toBecomeReady();
  });
  test('closes', async () => {
    const { timeline } = await simulated().delete();
    writeFileSync(join(__dirname, 'pod.html'), timeline.toHTML());
    note(process.env.__JEST_KUBELET_RECORDS);
  });
});
`,
    'b.test.js': `
const { simulated } = require('./pods');
test('has two minutes by the preset', () => {
  const key = Object.getOwnPropertySymbols(globalThis).find(({ description }) => description === 'JEST_STATE_SYMBOL');
  expect(globalThis[key].testTimeout).toBe(120_000);
});
test.concurrent('one', async () => { await expect(simulated()).toBecomeReady(); });
test.concurrent('other', async () => { await expect(simulated()).not.toBecomeReady(); });
`,
  },
  blocksOf('reporter.md', 'js')[0],
);
afterAll(() => project[Symbol.dispose]());

let run: Run;
let pods: readonly PodRecord[];
let verdicts: readonly VerdictRecord[];

beforeAll(async () => {
  run = await project.jest('--maxWorkers=2');
  const report = JSON.parse(project.read('out/pods.json'));
  expect(Object.keys(report)).toEqual(['version', 'pods', 'verdicts']);
  expect(report.version).toBe(1);
  pods = report.pods;
  verdicts = report.verdicts;
});

test('the preset adds the matchers and a longer timeout', () => {
  expect(run.statuses).toEqual({
    'a shop opens': 'passed',
    'a shop closes': 'passed',
    'has two minutes by the preset': 'passed',
    one: 'passed',
    other: 'failed',
  });
});

test('the report has every pod of the run, with its test and file', () => {
  const told = pods.map(({ file = '', test, name, kind }) => [path.basename(file), test, name, kind]);
  expect(told).toEqual([
    ['a.test.js', undefined, 'shop', 'simulated'],
    ['a.test.js', 'a shop opens', 'shop', 'simulated'],
    ['a.test.js', 'a shop closes', 'shop', 'simulated'],
    ['b.test.js', 'one', 'shop', 'simulated'],
    ['b.test.js', 'other', 'shop', 'simulated'],
  ]);
});

test('a record has the events, the last status, and the digest of the manifest', () => {
  const [never, opened] = pods;
  expect(opened).toMatchObject({
    namespace: 'default',
    manifest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    status: { phase: 'Running' },
    output: [],
  });
  expect(opened?.events.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['TestActed', 'Started', 'StatusPublished']),
  );
  expect(new Set(pods.map(({ manifest }) => manifest))).toEqual(new Set([never?.manifest]));
});

test('the report has each test with a link to the last pod that it started', () => {
  const told = verdicts.map(({ name, outcome, pod, text }) => [name, outcome, pod, text?.split('\n')[0]]);
  expect(told).toEqual([
    ['a shop opens', 'passed', 1, undefined],
    ['a shop closes', 'passed', 2, undefined],
    ['has two minutes by the preset', 'passed', undefined, undefined],
    ['one', 'passed', 3, undefined],
    ['other', 'failed', 4, 'expect(pod).not.toBecomeReady()'],
  ]);
  expect(verdicts.at(-1)?.at).toBe(0);
  expect(verdicts.at(-1)?.text).not.toMatch(/\n +at /);
});

test('the HTML report and the trace events contain all tests and pods', () => {
  const html = project.read('out/pods.html');
  expect(html).toContain('<h2>1 failed, 4 passed</h2>');
  expect(html.match(/<details class="pod"/g)).toHaveLength(5);
  const { traceEvents } = JSON.parse(project.read('out/pods.trace.json'));
  expect(traceEvents.filter(({ name }: { name: string }) => name === 'process_name')).toHaveLength(5);
});

test('a test also writes an HTML report of its own pod', () => {
  expect(project.read('pod.html')).toContain('<title>Report: pod shop</title>');
});

test('the temporary files of the reporter are removed', () => {
  const folder = project.read('notes').trim();
  expect(folder).toMatch(/jest-kubelet-records-/);
  expect(existsSync(folder)).toBe(false);
});

test('docs/reporter.md shows the type of the report', () => {
  const [form] = blocksOf('reporter.md', 'ts');
  expect(form).toContain('interface PodRecord');
  expect(readFileSync(path.join(__dirname, '../../../src/report/record/podRecord.ts'), 'utf8')).toContain(form);
});
