import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import { realLimit } from '../pace';
import { describeOnEngine } from './onEngine';
import { explainMissingTerminal, Terminal } from './terminal';

const NAME = 'typed-at';
const MANIFEST = `apiVersion: v1
kind: Pod
metadata: {name: ${NAME}}
spec:
  terminationGracePeriodSeconds: 30
  containers:
  - name: web
    image: busybox:1.36
    command: [sh, -c, 'trap "exit 0" TERM; while :; do sleep 0.1; done']
    readinessProbe: {exec: {command: ['true']}, periodSeconds: 30}
  - {name: deaf, image: 'busybox:1.36', command: [sleep, '600']}
`;
const GONE_WITHIN_MS = realLimit(20_000);
const ANOTHER_AFTER_MS = realLimit(600);
const CTRL_C = '\x03';
const SHOW_CURSOR = '\x1b[?25h';
const HIDE_CURSOR = '\x1b[?25l';

const missing = explainMissingTerminal();
if (missing !== undefined) process.stderr.write(`specs/engine/terminal skipped: ${missing}\n`);
const describeOnTerminal = missing === undefined ? describeOnEngine : describe.skip;

describeOnTerminal('on a terminal', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-spec-'));
  const file = path.join(folder, 'pod.yaml');
  writeFileSync(file, MANIFEST);
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Returns the containers of the pods that are left after the time for their removal. */
  const left = async () => {
    const args = ['ps', '--all', '--quiet', '--filter', `name=${NAME}`];
    const until = performance.now() + GONE_WITHIN_MS;
    for (;;) {
      const ids = execFileSync('docker', args, { encoding: 'utf8' });
      if (ids === '' || performance.now() > until) return ids;
      await sleep(100);
    }
  };

  test('keys inject faults, Ctrl-C deletes the pod, and a second Ctrl-C removes it', async () => {
    using terminal = new Terminal(100, 'run', file);
    const does = async (key: string, shown: RegExp) => {
      terminal.type(key);
      await terminal.shows(shown);
    };
    await terminal.shows(/2\/2 +Running/);
    await does('f', /you: freeze in web/);
    await does('t', /you: thaw in web/);
    await does('\t', /keys now apply to deaf/);
    await does('?', /keys for deaf: k kill, f freeze, t thaw/);
    await does('k', /you: kill in deaf: SIGKILL/);
    await terminal.shows(/2\/2 +Running +1 /);
    await does(CTRL_C, /deleting the pod. Press Ctrl-C again to remove it immediately/);
    await terminal.shows(/Terminating/);
    // Earlier, it would count as the same signal, which npx forwards.
    await sleep(ANOTHER_AFTER_MS);
    terminal.type(CTRL_C);

    const { lines } = await terminal.end();
    // Little of the grace period of 30s has passed.
    expect(lines.filter((line) => /Completed|Error/.test(line))).toHaveLength(1);
    expect(lines.at(-1)).toBe('code 0 icanon echo');
    expect(await left()).toBe('');
  });

  test('the gate draws its progress, and Ctrl-C ends it and removes its pods', async () => {
    using terminal = new Terminal(60, 'gate', '-f', file);
    await terminal.shows(/undisturbed +\d+s {2}waiting for/);
    await terminal.shows(/[1-9]s {2}waiting for/);
    terminal.type(CTRL_C);

    const { raw, lines } = await terminal.end();
    expect(raw.lastIndexOf(SHOW_CURSOR)).toBeGreaterThan(raw.lastIndexOf(HIDE_CURSOR));
    expect(lines.slice(-2)).toEqual([
      expect.stringMatching(/jest-kubelet: interrupted: no result, all pods are being removed$/),
      'code 130 icanon echo',
    ]);
    expect(await left()).toBe('');
  });
});
