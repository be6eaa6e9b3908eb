import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { here } from './here';

const TCP_HOOK = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: web:1, lifecycle: {preStop: {tcpSocket: {port: 80}}}}]}
`;

const folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-gate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('writes the HTML report and the text', async () => {
  const html = path.join(folder, 'gate.html');
  const { code, stdout } = await here({ only: ['valid,lint'], html }, TCP_HOOK);
  expect(stdout).toContain('1 of 2 checks failed');
  expect(readFileSync(html, 'utf8')).toContain('</span> FAIL Pod/web: 1 of 2 checks failed</h2>');
  expect(code).toBe(1);
});

test('exits with 2 if the HTML report cannot be written', async () => {
  const html = path.join(folder, 'nowhere/gate.html');
  const { code, stderr } = await here({ only: ['valid'], html }, TCP_HOOK);
  expect(stderr).toContain(`${html}: cannot be written: no such file or directory. Create its folder`);
  expect(code).toBe(2);
});
