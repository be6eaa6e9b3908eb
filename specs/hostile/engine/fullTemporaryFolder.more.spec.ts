import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { describeOnEngine } from '../../engine/onEngine';
import { explainMissingSmallFolder, SmallFolder } from '../smallFolder';
import { startGate } from './gateProcess';

const missing = explainMissingSmallFolder();
if (missing !== undefined) process.stderr.write(`specs/hostile/engine/fullTemporaryFolder skipped: ${missing}\n`);
const describeOnSmallDisk = missing === undefined ? describeOnEngine : describe.skip;

const NAME = 'full-temporary-folder';

/**
 * The gate kills the main process of this pod with a program. It writes the program to the temporary folder if space is
 * left.
 */
const MANIFEST = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: NAME },
  spec: {
    terminationGracePeriodSeconds: 3,
    containers: [
      {
        name: 'web',
        image: 'busybox:1.36',
        command: ['sh', '-c', "trap 'exit 0' TERM; mkdir /w; httpd -f -p 8080 -h /w & wait"],
        livenessProbe: { exec: { command: ['true'] }, periodSeconds: 1, failureThreshold: 2 },
      },
    ],
  },
};

describeOnSmallDisk('a gate with a full temporary folder', () => {
  test('runs its pods without this space, and leaves nothing', async () => {
    using small = new SmallFolder(64);
    small.fill();
    const folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-full-'));
    try {
      const only = ['--only', 'ready-in-budget,liveness-detects-crash,terminates-in-grace'];
      const { code, text, outcomes } = await startGate(folder, MANIFEST, { args: only, env: { TMPDIR: small.dir } })
        .ended;
      expect([code, outcomes]).toEqual([0, ['passed', 'passed', 'passed']]);
      expect(text).not.toMatch(/\n {4}at /);
      expect(small.content).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
    const left = execFileSync('docker', ['ps', '--all', '--quiet', '--filter', `name=${NAME}`], { encoding: 'utf8' });
    expect(left).toBe('');
  });
});
