import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { keepRecord, startNow } from '../../../../src/pod/shared/keepRecord';
import { podRecord, RECORDS_VARIABLE } from '../../../../src/report/record/podRecord';
import { replay } from '../../matchers/replay';
import { acted, started } from '../../timeline/events';

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

test('keepRecord masks Secret values', () => {
  const pod = replay({ past: [started(1), acted(2, 'exec', 'login hunter2')] });
  const hide = (text: string) => text.replaceAll('hunter2', '***');
  keepRecord({ ...pod, hide }, 'run', startNow());
  expect(records()).toEqual([expect.stringContaining('login ***')]);
  expect(records().join()).not.toContain('hunter2');
});

test('keepRecord names the test that started the pod, but not the one before beforeAll', () => {
  keepRecord(replay({}), 'run', startNow('file'));
  keepRecord(replay({ past: [started(1)] }), 'run', startNow('test'));
  const tests = records().map((text) => JSON.parse(text).test);
  expect(tests).toEqual([
    undefined,
    'keepRecord names the test that started the pod, but not the one before beforeAll',
  ]);
});

test('keepRecord includes kubectl rows, endpoint changes and containers', () => {
  const spec = {
    initContainers: [
      { name: 'migrate', image: 'web:1' },
      { name: 'mesh', image: 'mesh:1', restartPolicy: 'Always' },
    ],
    containers: [{ name: 'web', image: 'web:1' }],
  };
  const pod = simulatePod(
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec },
    { migrate: [{ at: '1s', exit: 0 }], web: [{ at: '5s', exit: 1 }] },
  );
  pod.advance('8s');
  const record = podRecord(pod, { kind: 'simulated', manifest: 'sha256:0' });
  expect(record.containers).toEqual([
    { name: 'migrate', kind: 'init' },
    { name: 'mesh', kind: 'sidecar' },
    { name: 'web', kind: 'main' },
  ]);
  const rows = record.rows.map(({ at, ready, status, restarts }) => [at, ready, status, restarts]);
  // A state that lasts for no time has no row.
  expect(rows).toEqual([
    [0, '0/2', 'Init:0/2', 0],
    [1_000, '2/2', 'Running', 0],
    [6_000, '2/2', 'Running', 1],
  ]);
  expect(record.endpoints[0]).toEqual({ at: 0, ready: false, serving: false, terminating: false });
  expect(record.until).toBe(8_000);
});

test('keepRecord writes nothing without a reporter', () => {
  delete process.env[RECORDS_VARIABLE];
  keepRecord(replay({}), 'run', startNow());
  expect(records()).toEqual([]);
});
