import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { OutputError } from '../../../src/report/record/outputFile';
import { podRecord, RECORDS_VARIABLE, UNFINISHED } from '../../../src/report/record/podRecord';
import JestKubeletReporter, { type ReporterOptions } from '../../../src/reporter/jestReporter';
import { podOf } from '../matchers/replay';
import { ready, timelineOf } from '../timeline/events';

const FILE = '/specs/shop.spec.ts';
let rootDir: string;
let before: string | undefined;

beforeEach(() => {
  rootDir = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-spec-'));
  before = process.env[RECORDS_VARIABLE];
});
afterEach(() => {
  rmSync(rootDir, { recursive: true, force: true });
  if (before === undefined) delete process.env[RECORDS_VARIABLE];
  else process.env[RECORDS_VARIABLE] = before;
  jest.restoreAllMocks();
});

const recordsFolder = () => process.env[RECORDS_VARIABLE] ?? '';
const read = (file: string) => readFileSync(path.join(rootDir, file), 'utf8');

/** Writes the record of a pod like a worker. */
function leaveRecord(name = '1.json') {
  const run = { pod: podOf({}), timeline: timelineOf(ready(4)), broken: undefined };
  const record = podRecord(run, { kind: 'run', manifest: 'sha256:0', file: FILE, test: 'a shop opens' });
  writeFileSync(path.join(recordsFolder(), name), JSON.stringify(record));
}
const results = (status = 'passed', failureMessages: string[] = []) => ({
  testResults: [{ testFilePath: FILE, testResults: [{ fullName: 'a shop opens', status, failureMessages }] }],
});
function started(options?: ReporterOptions): JestKubeletReporter {
  const reporter = new JestKubeletReporter({ rootDir }, options);
  reporter.onRunStart();
  return reporter;
}

describe('JestKubeletReporter', () => {
  test('writes one JSON file of pods and tests, by default to the root of the project', () => {
    const reporter = started();
    leaveRecord();
    reporter.onRunComplete(undefined, results('failed', ['not Ready']));
    const report = JSON.parse(read('jest-kubelet-report.json'));
    expect(report.pods.map(({ name }: { name: string }) => name)).toEqual(['shop']);
    expect(report.verdicts).toEqual([
      { outcome: 'failed', name: 'a shop opens', text: 'not Ready', file: FILE, pod: 0 },
    ]);
    expect(report.version).toBe(1);
    expect(read('jest-kubelet-report.json').endsWith('}\n')).toBe(true);
    expect(reporter.getLastError()).toBeUndefined();
  });

  test('writes HTML and trace files only if they are named, and creates their folders', () => {
    const reporter = started({ outputFile: 'out/pods.json', html: 'out/html/pods.html', trace: 'out/pods.trace.json' });
    leaveRecord();
    reporter.onRunComplete(undefined, results());
    expect(read('out/html/pods.html')).toContain('<details class="pod"');
    expect(JSON.parse(read('out/pods.trace.json')).traceEvents).not.toEqual([]);
    expect(readdirSync(rootDir)).toEqual(['out']);
    started({ outputFile: 'alone.json' }).onRunComplete(undefined, results());
    expect(readdirSync(rootDir).toSorted()).toEqual(['alone.json', 'out']);
  });

  test('creates a folder for the records of workers only during the run', () => {
    const reporter = started();
    const folder = recordsFolder();
    expect(existsSync(folder)).toBe(true);
    reporter.onRunComplete(undefined, results());
    expect(existsSync(folder)).toBe(false);
    expect(process.env[RECORDS_VARIABLE]).toBeUndefined();
  });

  test('starts each run in watch mode with a new folder', () => {
    const reporter = started();
    const first = recordsFolder();
    leaveRecord();
    reporter.onRunStart();
    expect(recordsFolder()).not.toBe(first);
    expect(existsSync(first)).toBe(false);
    reporter.onRunComplete(undefined, results());
    expect(JSON.parse(read('jest-kubelet-report.json')).pods).toEqual([]);
  });

  test('rejects a file that is not writable before the run starts', () => {
    mkdirSync(path.join(rootDir, 'pods.json'));
    const reporter = new JestKubeletReporter({ rootDir }, { outputFile: 'pods.json' });
    expect(() => reporter.onRunStart()).toThrow(OutputError);
    writeFileSync(path.join(rootDir, 'taken'), '');
    const inFile = new JestKubeletReporter({ rootDir }, { html: 'taken/pods.html' });
    expect(() => inFile.onRunStart()).toThrow(/taken\/pods\.html: cannot be written/);
  });

  test('fails the run and prints why if a record is incomplete', () => {
    const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const reporter = started();
    const folder = recordsFolder();
    leaveRecord(`1.json${UNFINISHED}`);
    reporter.onRunComplete(undefined, results());
    const { message = '' } = reporter.getLastError() ?? {};
    expect(message).toMatch(/cannot be written/);
    const file = path.join(rootDir, 'jest-kubelet-report.json');
    expect(stderr).toHaveBeenCalledWith(`jest-kubelet: no report is written to ${file}: ${message}\n`);
    expect(existsSync(file)).toBe(false);
    expect(existsSync(folder)).toBe(false);
  });

  test('writes nothing at the end of a run that never started', () => {
    new JestKubeletReporter({ rootDir }).onRunComplete(undefined, results());
    expect(readdirSync(rootDir)).toEqual([]);
  });
});
