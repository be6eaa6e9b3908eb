import { expect, test } from '@jest/globals';
import { freezeThroughHost } from '../../../../../src/runtime/docker/faults/freeze';
import type { EngineHost } from '../../../../../src/runtime/docker/processes/engineHost';

const [MAIN, CHILD] = [4711, 4712];
const ID = '0123456789abcdef';

/** Freezes a container whose main process and child have these states in each sample. */
async function freeze(...looks: readonly (readonly (readonly [pid: number, state: string])[])[]) {
  const told: [pids: readonly number[], signal: string][] = [];
  let look = 0;
  const host: EngineHost = {
    mainPid: MAIN,
    socketFiles: async () => [],
    async processes() {
      const found = looks[Math.min(look, looks.length - 1)] ?? [];
      look += 1;
      const signals = { blocked: '', ignored: '', caught: '' };
      return found.map(([pid, state]) => ({
        ...{ pid, ppid: pid === MAIN ? 7 : MAIN, innerPid: pid - MAIN + 1, session: MAIN, state, args: 'sh' },
        ...signals,
      }));
    },
    async signal(pids, name) {
      told.push([pids, name]);
    },
  };
  const wrong = await freezeThroughHost(host, ID).then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { told, wrong };
}

test('repeats SIGSTOP for a running process, because an exec can lose it', async () => {
  const { told } = await freeze([[MAIN, 'S']], [[MAIN, 'S']], [[MAIN, 'T']]);
  expect(told).toEqual([
    [[MAIN], 'SIGSTOP'],
    [[MAIN], 'SIGSTOP'],
  ]);
});

test('stops a process that was forked before all processes had stopped', async () => {
  const forked = [[MAIN, 'T'] as const, [CHILD, 'R'] as const];
  const stopped = [[MAIN, 'T'] as const, [CHILD, 'T'] as const];
  const { told, wrong } = await freeze([[MAIN, 'R']], forked, stopped);
  expect(told).toEqual([
    [[MAIN], 'SIGSTOP'],
    [[CHILD], 'SIGSTOP'],
  ]);
  expect(wrong).toBeUndefined();
});

test('accepts an uninterruptible process, which stops before it continues', async () => {
  const { told } = await freeze([[MAIN, 'D']]);
  expect(told).toEqual([
    [[MAIN], 'SIGSTOP'],
    [[MAIN], 'SIGSTOP'],
  ]);
});

test('thaws a process that it could not stop', async () => {
  const { told, wrong } = await freeze([[MAIN, 'R']]);
  expect(wrong).toBe(
    'container 0123456789ab: its processes still run after 50 signals. Check whether it forks without end',
  );
  expect(told.at(-1)).toEqual([[MAIN], 'SIGCONT']);
});

test('fails if the main process is not running', async () => {
  const { wrong } = await freeze([[CHILD, 'S']]);
  expect(wrong).toBe('container 0123456789ab: its main process (pid 4711) is not found. Check that it still runs');
});
