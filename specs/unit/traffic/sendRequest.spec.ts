import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from '@jest/globals';
import type { RequestResult } from '../../../src/traffic/order';

interface Told {
  readonly asked: Readonly<Record<string, RequestResult>>;
  readonly afterTwo: number;
  readonly first: { readonly host?: string; readonly connection?: string };
}

const TIMED_OUT: unknown = expect.stringMatching(/^timed out after [\d.]+s$/);

let told: Told;

beforeAll(async () => {
  const root = path.join(__dirname, '../../..');
  const args = ['--import', './specs/typescript.mjs', 'specs/unit/traffic/program.ts'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  told = JSON.parse(stdout);
});

test('uses a new connection and the given host for each request', () => {
  expect(told.afterTwo).toBe(2);
  expect(told.first).toEqual({ host: 'shop.example', connection: 'close' });
});

test.each([
  ['ok', { status: 200 }],
  ['moved', { status: 302 }],
  ['nobody', { status: 404 }],
  ['big', { status: 200 }],
  ['asWritten', { status: 200 }],
])('returns a response for: %s', (name, asked) => {
  expect(told.asked[name]).toEqual(asked);
});

test.each([
  ['broken', { status: 503, failure: 'answered 503' }],
  ['refused', { failure: 'refused', isRefused: true }],
  ['reset', { failure: 'connection reset' }],
  ['hangUp', { failure: 'connection reset' }],
  ['cut', { status: 200, failure: 'answer cut short' }],
  ['silent', { failure: TIMED_OUT }],
  ['slow', { status: 200, failure: TIMED_OUT }],
  ['tls', { failure: expect.stringContaining('wrong version number') }],
])('returns a failure for: %s', (name, asked) => {
  expect(told.asked[name]).toEqual(asked);
});
