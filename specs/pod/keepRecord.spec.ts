import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { keepRecord, startNow } from '../../src/pod/keepRecord';
import { RECORDS_VARIABLE } from '../../src/report/podRecord';
import { replay } from '../matchers/replay';
import { acted, started } from '../timeline/events';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-spec-'));
  process.env[RECORDS_VARIABLE] = folder;
});
afterEach(() => {
  delete process.env[RECORDS_VARIABLE];
  rmSync(folder, { recursive: true, force: true });
});

const records = () => readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));

test('a record shows nothing of what a Secret holds', () => {
  const pod = replay({ past: [started(1), acted(2, 'exec', 'login hunter2')] });
  const hide = (text: string) => text.replaceAll('hunter2', '***');
  keepRecord({ ...pod, hide }, 'run', startNow());
  expect(records()).toEqual([expect.stringContaining('login ***')]);
  expect(records().join()).not.toContain('hunter2');
});

test('a record names the test that started the pod, and not the one before a beforeAll', () => {
  keepRecord(replay({}), 'run', startNow('file'));
  keepRecord(replay({ past: [started(1)] }), 'run', startNow('test'));
  const tests = records().map((text) => JSON.parse(text).test);
  expect(tests).toEqual([
    undefined,
    'a record names the test that started the pod, and not the one before a beforeAll',
  ]);
});

test('without a reporter there is no record', () => {
  delete process.env[RECORDS_VARIABLE];
  keepRecord(replay({}), 'run', startNow());
  expect(records()).toEqual([]);
});
