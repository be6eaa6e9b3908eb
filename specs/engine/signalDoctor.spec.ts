import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runPod } from 'jest-kubelet';
import { podRunOf } from '../../matchers/kernel/call/received';
import { NEVER } from '../../src/clock/instant';
import type { LivePod } from '../../src/pod/live/livePod';
import { removePods } from '../../src/pod/shared/registry';
import { summarize } from '../../src/report/summary/summary';
import { realSecond } from '../pace';
import { describeOnEngine } from './onEngine';

const busybox = (name: string, script: string) => ({ name, image: 'busybox:1.36', command: ['sh', '-c', script] });
const node = (name: string, script: string) => ({ name, image: 'node:24-slim', command: ['sh', '-c', script] });

const CONTAINERS = [
  busybox('shell', 'sleep 601; true'),
  busybox('trap', 'trap "exit 0" TERM; sleep 602'),
  node('exec', `exec node -e "process.on('SIGTERM', () => process.exit()); setInterval(() => {}, 1e6)"`),
  node('careless', 'exec node -e "setInterval(() => {}, 1e6)"'),
];

/** Enough time to read the processes after the signal. */
const GRACE_S = 3 * realSecond();

describeOnEngine('the signal handling of processes in a container', () => {
  let pod: LivePod;
  const seen = (container: string) => pod.timeline.of('ProcessesSeen').filter((event) => event.container === container);
  const lines = (container: string, what: string) =>
    summarize(pod.timeline).flatMap((line) => (line.who === container && line.what === what ? [line.text] : []));

  beforeAll(async () => {
    const spec = { containers: CONTAINERS, terminationGracePeriodSeconds: GRACE_S };
    pod = await runPod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec });
    while (!CONTAINERS.every(({ name }) => seen(name).length > 0)) await podRunOf(pod).progress(NEVER);
  });
  afterAll(() => removePods('file'));

  test('is recorded before the deletion: a shell does not forward SIGTERM', () => {
    const [first] = seen('shell');
    expect(first).toMatchObject({ attempt: 0, signalled: false, stopSignal: 'SIGTERM', isPID1: true });
    expect(first?.processes.map(({ args }) => args)).toEqual(['sh -c sleep 601; true', 'sleep 601']);
    const trouble = 'sh (PID 1) does not forward SIGTERM to sleep 601. Start sleep with exec: exec sleep 601';
    expect(lines('shell', 'signals')).toEqual([trouble]);
  });

  test('is returned by processes() with the signals of each process', async () => {
    const processes = await pod.container('trap').processes();
    expect(processes).toMatchObject([
      { args: 'sh -c trap "exit 0" TERM; sleep 602', catches: expect.arrayContaining(['SIGTERM']) },
      { args: 'sleep 602', catches: [] },
    ]);
    expect(processes[1]?.ppid).toBe(processes[0]?.pid);
    await expect(pod.container('exec').processes()).resolves.toMatchObject([
      { args: expect.stringMatching(/^node -e/) },
    ]);
  });

  test('explains after the deletion why a container needed SIGKILL', async () => {
    await pod.delete();
    const exits = pod.timeline.of('ContainerExited').map(({ container, exitCode }) => [container, exitCode]);
    expect(Object.fromEntries(exits)).toEqual({ shell: 137, trap: 137, exec: 0, careless: 137 });

    expect(lines('shell', 'signals')).toHaveLength(2);
    expect(lines('trap', 'signals')).toEqual([]);
    expect(lines('trap', 'SIGKILL')).toEqual([
      expect.stringMatching(
        /^[\d.]+s after SIGTERM: sh \(PID 1\) runs its trap for SIGTERM only after sleep 602 exits\. /,
      ),
    ]);
    expect(lines('exec', 'signals')).toEqual([]);
    expect(lines('careless', 'signals')).toEqual([
      expect.stringMatching(
        /^node -e .* \(PID 1\) has no handler for SIGTERM, and PID 1 does not exit without one \(a process\.once .*\)\. /,
      ),
    ]);
  });
});
