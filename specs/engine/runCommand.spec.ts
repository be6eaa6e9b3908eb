import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from '@jest/globals';
import { ROOT } from '../docs/pages';
import { describeOnEngine } from './onEngine';

const NAME = 'kept-up';
const MANIFEST = `apiVersion: v1
kind: Pod
metadata: {name: ${NAME}}
spec:
  terminationGracePeriodSeconds: 5
  containers:
  - name: web
    image: busybox:1.36
    command: [sh, -c, 'trap "echo bye; exit 0" TERM; echo up; while :; do sleep 0.1; done']
`;

describeOnEngine('jest-kubelet run', () => {
  test('prints events and logs, and deletes the pod gracefully on SIGINT', async () => {
    const args = ['dist/cli.mjs', 'run', '-f', '-', '--events', '--logs'];
    const run = spawn(process.execPath, args, { cwd: ROOT, stdio: ['pipe', 'pipe', 'ignore'] });
    const ended = once(run, 'exit');
    run.stdin.end(MANIFEST);
    const lines: string[] = [];
    for await (const line of createInterface(run.stdout)) {
      lines.push(line);
      if (line === `[pod/${NAME}/web] up`) run.kill('SIGINT');
    }
    expect(await ended).toEqual([0, null]);
    const told = ['Container started', '/web] up', 'you: delete', 'Stopping container web', '/web] bye', 'Completed'];
    const order = told.map((text) => lines.findIndex((line) => line.includes(text)));
    expect(order).not.toContain(-1);
    expect(order[0]).toBeLessThan(order[2] ?? 0);
    expect(order[2]).toBeLessThan(order[5] ?? 0);
    const left = execFileSync('docker', ['ps', '--all', '--quiet', '--filter', `name=${NAME}`], { encoding: 'utf8' });
    expect(left).toBe('');
  });
});
